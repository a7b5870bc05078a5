import { dictItems } from '../python/dict-methods.ts'
import { isDict } from '../python/kinds.ts'
import { print } from '../python/print.ts'
import { MISSING } from '../python/protocol.ts'
import { isTrue } from '../python/truth.ts'
import { attributeOf } from '../runtime/lookup.ts'
import { isUndefined } from '../undefined/undefined.ts'
import type { FilterEnvironment } from './host.ts'
import { LazySequence } from './lazy-sequence.ts'

/** `default`: another value for an undefined one, or for a false one if `boolean`. */
export function defaultFilter(value: unknown, fallback: unknown = '', boolean: unknown = false): unknown {
  return isUndefined(value) || (isTrue(boolean) && !isTrue(value)) ? fallback : value
}

/** `items`: the entries of a dict; none of an undefined value. */
export function items(value: unknown): unknown {
  return new LazySequence(() => itemsOf(value))
}

function* itemsOf(value: unknown): Generator<unknown> {
  if (isUndefined(value)) return
  if (!isDict(value)) throw new TypeError('Can only get item pairs from a mapping.')
  yield* dictItems(value)
}

/** `attr`: an attribute and never an item. */
export function attr(environment: FilterEnvironment, value: unknown, name: unknown): unknown {
  const attribute = print(name)
  const found =
    environment.findAttribute === undefined
      ? attributeOf(value, attribute)
      : environment.findAttribute(value, attribute)
  return found === MISSING ? new environment.undefined(null, value, attribute) : found
}
