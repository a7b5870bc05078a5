import { ValueError } from '../errors.ts'
import { iterate } from '../python/iterate.ts'

/**
 * The two items of a pair.
 *
 * @throws ValueError if there are fewer or more, TypeError if there are none at all.
 */
export function pairOf(value: unknown): [unknown, unknown] {
  const items = [...iterate(value)]
  if (items.length < 2) throw new ValueError(`not enough values to unpack (expected 2, got ${items.length})`)
  if (items.length > 2) throw new ValueError('too many values to unpack (expected 2)')
  return [items[0], items[1]]
}
