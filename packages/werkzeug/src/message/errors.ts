/** A response's body was to be read whole, but cannot be. */
export class BodyNotSequenceError extends Error {
  override readonly name = 'BodyNotSequenceError'
}

/** A status text is empty. */
export class EmptyStatusError extends Error {
  override readonly name = 'EmptyStatusError'

  constructor() {
    super("a response's status is empty; give a number such as 404 or a text such as '404 Not Found'")
  }
}
