/** Python's `AssertionError`: arguments that cannot go together. */
export class AssertionError extends Error {
  override name = 'AssertionError'
}
