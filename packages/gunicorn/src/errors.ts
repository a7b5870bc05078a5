/** A setting that does not exist, or a value that it cannot take. The command prints the message and ends with status 1. */
export class SettingError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'SettingError'
  }
}

/** The application cannot be found, imported, or called. A worker that meets it ends with `APP_LOAD_ERROR`. */
export class AppImportError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'AppImportError'
  }
}

/** The arbiter cannot go on: it stops its workers, logs the reason, and ends with the status. */
export class HaltServer extends Error {
  readonly exitStatus: number

  constructor(reason: string, exitStatus = 1) {
    super(reason)
    this.name = 'HaltServer'
    this.exitStatus = exitStatus
  }
}

/** An address cannot be bound. */
export class BindError extends Error {
  /** Node's name of the cause: `EADDRINUSE`, `EACCES`. */
  readonly code: string

  constructor(address: string, code: string) {
    super(`cannot listen on ${address}: ${bindReasons[code] ?? code}`)
    this.name = 'BindError'
    this.code = code
  }
}

const bindReasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another process listens there (EADDRINUSE); stop it or choose another --bind',
  EACCES: 'it is not allowed (EACCES); ports below 1024 need root, and a socket file a writable folder',
  EADDRNOTAVAIL: 'this machine has no such address (EADDRNOTAVAIL)',
  ENOENT: 'the folder of the socket file does not exist (ENOENT)',
  ENAMETOOLONG: 'the path of the socket file is too long (ENAMETOOLONG); the system takes about 107 bytes',
}

/** The message and trace of whatever was thrown. */
export function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const trace = error.stack ?? `${error.name}: ${error.message}`
  return error.cause === undefined ? trace : `${trace}\nCaused by: ${traceOf(error.cause)}`
}
