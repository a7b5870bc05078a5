import { AttributeError, FilterArgumentError } from '../errors.ts'
import { add } from '../python/arithmetic.ts'
import { equal, greaterThan, lessAsItem, lessThan, sortByKeys } from '../python/compare.ts'
import { toIndex } from '../python/convert.ts'
import { dictEntries } from '../python/dict.ts'
import { hashKey } from '../python/hash.ts'
import { asArray, iterate } from '../python/iterate.ts'
import { isDict, isText, typeName } from '../python/kinds.ts'
import { bindMethod, methodNamed } from '../python/methods.ts'
import { print } from '../python/print.ts'
import { MISSING, PY_TYPE, refuseUndefined } from '../python/protocol.ts'
import { isTrue } from '../python/truth.ts'
import { Tuple, tuple } from '../python/tuple.ts'
import { TEMPLATE_ATTRIBUTE } from '../runtime/lookup.ts'
import { attributeGetter, type Getter, ignoreCase, multiAttributeGetter } from './attribute-getter.ts'
import type { FilterEnvironment } from './host.ts'
import { LazySequence, withItems } from './lazy-sequence.ts'

function caseRule(caseSensitive: unknown): Getter | undefined {
  return isTrue(caseSensitive) ? undefined : ignoreCase
}

/** `sort`: a new list in order. */
export function sort(
  environment: FilterEnvironment,
  value: unknown,
  reverse: unknown = false,
  caseSensitive: unknown = false,
  attribute: unknown = null,
): unknown {
  const getter = multiAttributeGetter(environment, attribute, caseRule(caseSensitive))
  return withItems(value, (found) => {
    const items = asArray(found)
    return sortByKeys(items, items.map(getter), toIndex(reverse) !== 0, lessAsItem)
  })
}

/** `unique`: the items without those that were there before. */
export function unique(
  environment: FilterEnvironment,
  value: unknown,
  caseSensitive: unknown = false,
  attribute: unknown = null,
): unknown {
  const getter = attributeGetter(environment, attribute, caseRule(caseSensitive))
  return withItems(value, (found) => new LazySequence(() => firstOnes(found, getter)))
}

function* firstOnes(value: unknown, getter: Getter): Generator<unknown> {
  const seen = new Set<unknown>()
  for (const item of iterate(value)) {
    const key = hashKey(getter(item))
    if (seen.has(key)) continue
    seen.add(key)
    yield item
  }
}

function extreme(
  environment: FilterEnvironment,
  value: unknown,
  getter: Getter,
  isBetter: (key: unknown, best: unknown) => boolean,
): unknown {
  return withItems(value, (found) => {
    let best: unknown
    let bestKey: unknown
    let any = false
    for (const item of iterate(found)) {
      const key = getter(item)
      if (any && !isBetter(key, bestKey)) continue
      best = item
      bestKey = key
      any = true
    }
    return any ? best : new environment.undefined('No aggregated item, sequence was empty.')
  })
}

/** `min`: the smallest item. */
export function min(
  environment: FilterEnvironment,
  value: unknown,
  caseSensitive: unknown = false,
  attribute: unknown = null,
): unknown {
  const getter = attributeGetter(environment, attribute, caseRule(caseSensitive))
  return extreme(environment, value, getter, lessThan)
}

/** `max`: the largest item. */
export function max(
  environment: FilterEnvironment,
  value: unknown,
  caseSensitive: unknown = false,
  attribute: unknown = null,
): unknown {
  const getter = attributeGetter(environment, attribute, caseRule(caseSensitive))
  return extreme(environment, value, getter, greaterThan)
}

/** `sum`: all items added to a start. */
export function sum(
  environment: FilterEnvironment,
  value: unknown,
  attribute: unknown = null,
  start: unknown = 0,
): unknown {
  return withItems(value, (found) => {
    if (isText(start)) throw new TypeError("sum() can't sum strings [use ''.join(seq) instead]")
    const getter = attributeGetter(environment, attribute)
    const total = new Total(start)
    for (const item of iterate(found)) total.add(getter(item))
    return total.value
  })
}

/** Adds up; numbers with a correction for what rounding lost, as Python's `sum()` does for floats. */
class Total {
  #value: unknown
  #lost = 0

  constructor(start: unknown) {
    this.#value = start
  }

  get value(): unknown {
    if (typeof this.#value !== 'number') return this.#value
    return Number.isFinite(this.#lost) ? this.#value + this.#lost : this.#value
  }

  add(item: unknown): void {
    if (typeof this.#value !== 'number' || typeof item !== 'number') {
      this.#value = add(this.value, item)
      this.#lost = 0
      return
    }
    const sum = this.#value + item
    const [larger, smaller] =
      Math.abs(this.#value) >= Math.abs(item) ? [this.#value, item] : [item, this.#value]
    this.#lost += larger - sum + smaller
    this.#value = sum
  }
}

/** One group of `groupby`: prints and unpacks as a pair. */
class GroupTuple extends Tuple<unknown> {
  get [PY_TYPE](): string {
    return 'jinja2.filters._GroupTuple'
  }

  [TEMPLATE_ATTRIBUTE](name: string): unknown {
    if (name === 'grouper') return this[0]
    if (name === 'list') return this[1]
    const method = methodNamed(this, name)
    return method === undefined ? MISSING : bindMethod(method, this)
  }
}

/** `groupby`: the items in groups of the same attribute, in the order of it. */
export function groupBy(
  environment: FilterEnvironment,
  value: unknown,
  attribute: unknown,
  fallback: unknown = null,
  caseSensitive: unknown = false,
): unknown {
  const keyOf = attributeGetter(environment, attribute, caseRule(caseSensitive), fallback)
  const shownOf = attributeGetter(environment, attribute, undefined, fallback)
  return withItems(value, (found) => {
    const items = asArray(found)
    const groups: GroupTuple[] = []
    let lastKey: unknown
    let members: unknown[] = []
    for (const item of sortByKeys(items, items.map(keyOf))) {
      const key = keyOf(item)
      if (groups.length === 0 || !equal(key, lastKey)) {
        members = []
        const group = new GroupTuple()
        group.push(shownOf(item), members)
        groups.push(group)
      }
      members.push(item)
      lastKey = key
    }
    return groups
  })
}

/** `dictsort`: the entries of a dict in order. */
export function dictSort(
  dict: unknown,
  caseSensitive: unknown = false,
  by: unknown = 'key',
  reverse: unknown = false,
): unknown {
  const what = print(by)
  if (what !== 'key' && what !== 'value') {
    throw new FilterArgumentError('You can only sort by either "key" or "value"')
  }
  if (!isDict(dict)) {
    refuseUndefined(dict)
    throw new AttributeError(`'${typeName(dict)}' object has no attribute 'items'`)
  }
  const entries = dictEntries(dict)
  const rule = caseRule(caseSensitive)
  const keys = entries.map((entry) => {
    const value = entry[what === 'key' ? 0 : 1]
    return rule === undefined ? value : rule(value)
  })
  return sortByKeys(entries, keys, toIndex(reverse) !== 0).map(([key, value]) => tuple(key, value))
}
