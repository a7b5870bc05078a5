/** A structure that cannot be changed was asked to change: Python's `TypeError`. */
export class ImmutableError extends TypeError {
  override readonly name = 'ImmutableError'

  constructor(structure: object) {
    super(`${structure.constructor.name} objects are immutable: change a copy(), which is not`)
  }
}
