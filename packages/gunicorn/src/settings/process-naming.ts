import { optionalText } from './kind.ts'
import { setting } from './setting.ts'

/** Gunicorn's chapter "Process Naming". */
export const processNaming = {
  proc_name: setting({
    flags: ['-n', '--name'],
    kind: optionalText,
    default: null,
    words: 'The name of the processes, as ps and top show it; without it the application as it was named.',
  }),
} as const
