import { KeyError, ValueError } from '../errors.ts'
import {
  type Dict,
  DictView,
  dictDelete,
  dictEntries,
  dictFrom,
  dictGet,
  dictKeys,
  dictSet,
  dictSize,
  dictValues,
} from './dict.ts'
import { iterate } from './iterate.ts'
import { isDict } from './kinds.ts'
import { methodTable } from './method-table.ts'
import { repr } from './print.ts'
import { MISSING, refuseUndefined } from './protocol.ts'
import { pair } from './tuple.ts'

/** The entries of a dict as tuples. */
export function dictItems(dict: Dict): unknown[] {
  const out: unknown[] = []
  if (dict instanceof Map) {
    dict.forEach((value, key) => {
      out.push(pair(key, value))
    })
  } else {
    for (const key of Object.keys(dict)) out.push(pair(key, dict[key]))
  }
  return out
}

/**
 * The entries that `dict(...)` and `update(...)` take: a dict, or pairs.
 *
 * @throws TypeError or ValueError for anything else.
 */
export function entriesOf(source: unknown): [unknown, unknown][] {
  if (source === undefined) return []
  refuseUndefined(source)
  if (isDict(source)) return dictEntries(source)
  return Array.from(iterate(source), (pair, index) => {
    const [...parts] = iterate(pair)
    if (parts.length !== 2) {
      const message = `dictionary update sequence element #${index} has length ${parts.length}; 2 is required`
      throw new ValueError(message)
    }
    return [parts[0], parts[1]]
  })
}

function get(dict: Dict, key: unknown, fallback: unknown = null): unknown {
  const value = dictGet(dict, key)
  return value === MISSING ? fallback : value
}

function pop(dict: Dict, key: unknown, fallback: unknown): unknown {
  const value = dictGet(dict, key)
  if (value !== MISSING) {
    dictDelete(dict, key)
    return value
  }
  if (fallback === undefined) throw new KeyError(repr(key))
  return fallback
}

function popItem(dict: Dict): unknown {
  if (dictSize(dict) === 0) throw new KeyError("'popitem(): dictionary is empty'")
  const [key, value] = dictEntries(dict).at(-1) as [unknown, unknown]
  dictDelete(dict, key)
  return pair(key, value)
}

function setDefault(dict: Dict, key: unknown, fallback: unknown = null): unknown {
  const value = dictGet(dict, key)
  if (value !== MISSING) return value
  dictSet(dict, key, fallback)
  return fallback
}

function update(dict: Dict, source: unknown, named: Record<string, unknown>): null {
  for (const [key, value] of entriesOf(source)) dictSet(dict, key, value)
  for (const [key, value] of Object.entries(named)) dictSet(dict, key, value)
  return null
}

function clear(dict: Dict): null {
  for (const key of dictKeys(dict)) dictDelete(dict, key)
  return null
}

/** The methods of Python's `dict`. */
export const DICT_METHODS = methodTable([
  ['clear()', clear],
  ['copy()', (dict: Dict) => dictFrom(dictEntries(dict))],
  ['fromkeys(iterable, value?, /)', (_: Dict, keys: unknown, value: unknown = null) => fromKeys(keys, value)],
  ['get(key, default?, /)', get],
  ['items()', (dict: Dict) => new DictView('items', dict, dictItems)],
  ['keys()', (dict: Dict) => new DictView('keys', dict, dictKeys)],
  ['pop(key, default?, /)', pop],
  ['popitem()', popItem],
  ['setdefault(key, default?, /)', setDefault],
  ['update(other?, /, **kwargs)', update],
  ['values()', (dict: Dict) => new DictView('values', dict, dictValues)],
])

function fromKeys(keys: unknown, value: unknown): unknown {
  return dictFrom(Array.from(iterate(keys), (key) => [key, value] as const))
}
