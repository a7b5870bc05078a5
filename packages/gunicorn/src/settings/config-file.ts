import { optionalText } from './kind.ts'
import { setting } from './setting.ts'

/** Gunicorn's chapter "Config File". */
export const configFile = {
  config: setting({
    flags: ['-c', '--config'],
    kind: optionalText,
    default: null,
    words: 'The path of the config file.',
    more: 'Without it `gunicorn.conf.ts`, `gunicorn.conf.mjs` or `gunicorn.conf.js` of the working directory is read, where there is one. The file is a module: its named exports, or the members of its default export, are the settings, under their names here or in camelCase. This setting has a meaning on the command line and in `GUNICORN_CMD_ARGS` only.',
  }),
  wsgi_app: setting({
    kind: optionalText,
    default: null,
    words: 'The application, where the command line names none.',
    more: '`module:name`, `module:factory()`, or the path of a file. See "Which application" in the documentation of the package.',
  }),
} as const
