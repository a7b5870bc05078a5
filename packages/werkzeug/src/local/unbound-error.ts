/** Something that belongs to a context was used outside of one. */
export class UnboundError extends Error {
  override readonly name = 'UnboundError'

  /** @param message - What to tell instead of the plain words. */
  constructor(message = 'the object is not bound: it exists only while its context is active') {
    super(message)
  }
}
