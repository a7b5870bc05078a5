/** Python's tuple: prints in parentheses, can be a key, and is never equal to a list. */
export class Tuple<T = unknown> extends Array<T> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array
  }
}

/** A tuple of the given items. */
export function tuple<T extends readonly unknown[]>(...items: T): Tuple<T[number]> {
  return tupleFrom<T[number]>(items)
}

/** A tuple of what a list holds. */
export function tupleFrom<T>(items: readonly T[]): Tuple<T> {
  const out = new Tuple<T>()
  for (let index = 0; index < items.length; index++) out[index] = items[index] as T
  return out
}

/** A tuple of two; dicts make one for each entry, so this is the short way. */
export function pair<A, B>(first: A, second: B): Tuple<A | B> {
  const out = new Tuple<A | B>()
  out[0] = first
  out[1] = second
  return out
}
