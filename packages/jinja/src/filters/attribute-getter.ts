import { Markup } from '@flask-ts/markupsafe'
import { isText } from '../python/kinds.ts'
import { print } from '../python/print.ts'
import { isDecimal } from '../python/text-classes.ts'
import { isUndefined } from '../undefined/undefined.ts'
import type { FilterEnvironment } from './host.ts'

/** Gets something out of an item. */
export type Getter = (item: unknown) => unknown

function attributeParts(attribute: unknown): readonly unknown[] {
  if (attribute === null || attribute === undefined) return []
  if (!isText(attribute)) return [attribute]
  return print(attribute)
    .split('.')
    .map((part) => {
      if (isDecimal(part)) return Number(part)
      return attribute instanceof Markup ? new Markup(part) : part
    })
}

/** Text in lower case, for comparing regardless of case; other values as they are. */
export function ignoreCase(value: unknown): unknown {
  return isText(value) ? print(value).toLowerCase() : value
}

/**
 * A function that looks an attribute up in items, as the filters with `attribute=` do.
 *
 * @param attribute A name, dotted names (`address.city`, `0.name`), a position, or nothing for the item itself.
 * @param postprocess Applied to what was found.
 * @param fallback Stands for what is undefined on the way, unless absent or None.
 */
export function attributeGetter(
  environment: FilterEnvironment,
  attribute: unknown,
  postprocess?: Getter,
  fallback?: unknown,
): Getter {
  const parts = attributeParts(attribute)
  const hasFallback = fallback !== undefined && fallback !== null
  return (item) => {
    let value = item
    for (const part of parts) {
      value = environment.getItem(value, part)
      if (hasFallback && isUndefined(value)) value = fallback
    }
    return postprocess === undefined ? value : postprocess(value)
  }
}

/** Like {@link attributeGetter} for several attributes with commas between them, giving a list. */
export function multiAttributeGetter(
  environment: FilterEnvironment,
  attribute: unknown,
  postprocess?: Getter,
): Getter {
  const names = isText(attribute) ? print(attribute).split(',') : [attribute]
  const getters = names.map((name) => attributeGetter(environment, name, postprocess))
  const [only] = getters
  if (getters.length === 1 && only !== undefined) return only
  return (item) => getters.map((getter) => getter(item))
}
