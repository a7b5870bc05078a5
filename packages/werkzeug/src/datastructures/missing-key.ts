/** A key that was asked for is not in the structure: Python's `KeyError`. */
export class MissingKey extends Error {
  override readonly name: string = 'MissingKey'
  /** The key as it was asked for. */
  readonly key: string

  constructor(key: string) {
    super(`the key ${JSON.stringify(key)} is missing: ask with has() first, or use get() with a default`)
    this.key = key
  }
}
