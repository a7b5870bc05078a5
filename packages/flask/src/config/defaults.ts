/** The keys that Flask itself reads, with their types. */
export interface DefaultConfig {
  /** Reloads templates and shows more in errors. */
  DEBUG: boolean
  /** Lets exceptions through to the caller instead of answering 500. */
  TESTING: boolean
  /** Whether exceptions are rethrown; `null`: in debug mode and tests. */
  PROPAGATE_EXCEPTIONS: boolean | null
  SECRET_KEY: string | Uint8Array | null
  /** Older secret keys that still open cookies. */
  SECRET_KEY_FALLBACKS: readonly (string | Uint8Array)[] | null
  /** How long a permanent session lasts, in seconds. */
  PERMANENT_SESSION_LIFETIME: number
  USE_X_SENDFILE: boolean
  TRUSTED_HOSTS: readonly string[] | null
  SERVER_NAME: string | null
  APPLICATION_ROOT: string
  SESSION_COOKIE_NAME: string
  SESSION_COOKIE_DOMAIN: string | null
  SESSION_COOKIE_PATH: string | null
  SESSION_COOKIE_HTTPONLY: boolean
  SESSION_COOKIE_SECURE: boolean
  SESSION_COOKIE_PARTITIONED: boolean
  SESSION_COOKIE_SAMESITE: string | null
  SESSION_REFRESH_EACH_REQUEST: boolean
  /** The largest body in bytes that a request may have; `null` for no limit. */
  MAX_CONTENT_LENGTH: number | null
  /** The largest form field in memory, in bytes. */
  MAX_FORM_MEMORY_SIZE: number | null
  MAX_FORM_PARTS: number | null
  /** How long clients may keep files, in seconds. */
  SEND_FILE_MAX_AGE_DEFAULT: number | null
  TRAP_BAD_REQUEST_ERRORS: boolean | null
  TRAP_HTTP_EXCEPTIONS: boolean
  EXPLAIN_TEMPLATE_LOADING: boolean
  PREFERRED_URL_SCHEME: string
  TEMPLATES_AUTO_RELOAD: boolean | null
  /** Cookies beyond this size in bytes cause a warning. */
  MAX_COOKIE_SIZE: number
  PROVIDE_AUTOMATIC_OPTIONS: boolean
}

/**
 * What an application's configuration begins with.
 *
 * As Flask's, but for `MAX_CONTENT_LENGTH`: bodies are read ahead here, and that must have a bound (16 MiB).
 *
 * @see https://flask.palletsprojects.com/config/#builtin-configuration-values
 */
export const DEFAULT_CONFIG: Readonly<DefaultConfig> = {
  DEBUG: false,
  TESTING: false,
  PROPAGATE_EXCEPTIONS: null,
  SECRET_KEY: null,
  SECRET_KEY_FALLBACKS: null,
  PERMANENT_SESSION_LIFETIME: 31 * 24 * 60 * 60,
  USE_X_SENDFILE: false,
  TRUSTED_HOSTS: null,
  SERVER_NAME: null,
  APPLICATION_ROOT: '/',
  SESSION_COOKIE_NAME: 'session',
  SESSION_COOKIE_DOMAIN: null,
  SESSION_COOKIE_PATH: null,
  SESSION_COOKIE_HTTPONLY: true,
  SESSION_COOKIE_SECURE: false,
  SESSION_COOKIE_PARTITIONED: false,
  SESSION_COOKIE_SAMESITE: null,
  SESSION_REFRESH_EACH_REQUEST: true,
  MAX_CONTENT_LENGTH: 16 * 1024 * 1024,
  MAX_FORM_MEMORY_SIZE: 500_000,
  MAX_FORM_PARTS: 1_000,
  SEND_FILE_MAX_AGE_DEFAULT: null,
  TRAP_BAD_REQUEST_ERRORS: null,
  TRAP_HTTP_EXCEPTIONS: false,
  EXPLAIN_TEMPLATE_LOADING: false,
  PREFERRED_URL_SCHEME: 'http',
  TEMPLATES_AUTO_RELOAD: null,
  MAX_COOKIE_SIZE: 4093,
  PROVIDE_AUTOMATIC_OPTIONS: true,
}
