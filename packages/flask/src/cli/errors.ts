/** No application can be found or loaded; the message says what was looked for. */
export class NoAppException extends Error {
  override readonly name = 'NoAppException'
}

/** Options of `flask run` contradict each other; the message is for the command line. */
export class InvalidRunOption extends Error {
  override readonly name = 'InvalidRunOption'
}

/** A command cannot do what was asked; the command line shows the message and no stack, and ends with 1. */
export class CommandFailure extends Error {
  override readonly name: string = 'CommandFailure'
}
