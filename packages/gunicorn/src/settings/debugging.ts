import { flag, oneOf, textList } from './kind.ts'
import { setting } from './setting.ts'

/** Gunicorn's chapter "Debugging". */
export const debugging = {
  reload: setting({
    flags: ['--reload'],
    kind: flag,
    default: false,
    words: 'Replace the workers when code changes.',
    more: 'Every module that a worker has loaded is watched, `node_modules` excepted. It is meant for development.',
  }),
  reload_engine: setting({
    flags: ['--reload-engine'],
    kind: oneOf('auto', 'poll', 'inotify'),
    default: 'auto',
    words: 'How changes are found: auto, poll or inotify.',
    more: '`auto` and `inotify` let the system tell; `poll` looks every second, which also works on network file systems.',
  }),
  reload_extra_files: setting({
    flags: ['--reload-extra-file'],
    kind: textList,
    default: [],
    words: 'More files to watch: templates, data. Patterns with * and ** are allowed.',
  }),
  check_config: setting({
    flags: ['--check-config'],
    kind: flag,
    default: false,
    words: 'Check the configuration and the application, and end with status 1 if anything is wrong.',
  }),
  print_config: setting({
    flags: ['--print-config'],
    kind: flag,
    default: false,
    words: 'Print the configuration in full, and check it.',
  }),
} as const
