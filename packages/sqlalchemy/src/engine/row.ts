import { NoSuchColumnError } from '../errors/base-errors.ts'

/** One row: an array of its values, which also go by their names. */
export class RowBase extends Array<unknown> {
  /** Methods such as `map` give plain arrays. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array
  }

  /** Names of the values in order. */
  keyNames(): readonly string[] {
    return []
  }

  /** The value of a name. */
  get(key: string): unknown {
    const index = this.keyNames().indexOf(key)
    if (index < 0) throw new NoSuchColumnError(`Could not locate column in row for column '${key}'`)
    return this[index]
  }

  /** The row as an object by names. */
  asDict(): Record<string, unknown> {
    const result: Record<string, unknown> = {}
    for (const [index, key] of this.keyNames().entries()) result[key] = this[index]
    return result
  }
}

/** A row with the types `T` of its values. */
export type Row<T extends readonly unknown[] = unknown[]> = T & {
  keyNames(): readonly string[]
  get(key: string): unknown
  asDict(): Record<string, unknown>
  readonly [name: string]: unknown
}

/** Makes rows of one shape. */
export type RowClass = new () => RowBase

const classes = new Map<string, RowClass>()
const mostClasses = 500

/** The class of rows with these names; rows of equal names share it. */
export function rowClass(keys: readonly string[]): RowClass {
  const signature = JSON.stringify(keys)
  const known = classes.get(signature)
  if (known) return known
  const shape = class Row extends RowBase {
    override keyNames(): readonly string[] {
      return keys
    }
  }
  keys.forEach((key, index) => {
    if (key in shape.prototype) return
    Object.defineProperty(shape.prototype, key, {
      get(this: RowBase) {
        return this[index]
      },
      configurable: true,
    })
  })
  if (classes.size < mostClasses) classes.set(signature, shape)
  return shape
}
