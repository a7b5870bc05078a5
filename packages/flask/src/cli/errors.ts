/** No application can be found or loaded; the message says what was looked for. */
export class NoAppException extends Error {
  override readonly name = 'NoAppException'
}

/** Options of `flask run` contradict each other; the message is for the command line. */
export class InvalidRunOption extends Error {
  override readonly name = 'InvalidRunOption'
}
