import { equal } from './compare.ts'
import { DictView, dictHas } from './dict.ts'
import { hashKey } from './hash.ts'
import { tryIterate } from './iterate.ts'
import { isDict, isText, typeName } from './kinds.ts'
import { PY_CONTAINS, type PythonValue } from './protocol.ts'
import { Range } from './range.ts'

/**
 * Python's `item in container`.
 *
 * @throws TypeError if the container cannot contain anything, or a text is asked for something else than text.
 */
export function contains(container: unknown, item: unknown): boolean {
  if (typeof container === 'string' && typeof item === 'string') return container.includes(item)
  if (isText(container)) {
    if (!isText(item)) {
      throw new TypeError(`'in <string>' requires string as left operand, not ${typeName(item)}`)
    }
    return String(container).includes(String(item))
  }
  if (Array.isArray(container)) return container.some((other) => other === item || equal(other, item))
  const own = (container as PythonValue | null | undefined)?.[PY_CONTAINS]
  if (own !== undefined) return own.call(container, item)
  if (isDict(container)) return dictHas(container, item)
  if (container instanceof Set) return container.has(item) || container.has(hashKey(item))
  if (container instanceof Range) return container.includes(item)
  const items = container instanceof DictView ? container.toArray() : tryIterate(container)
  if (items === null) throw new TypeError(`argument of type '${typeName(container)}' is not iterable`)
  for (const other of items) if (other === item || equal(other, item)) return true
  return false
}
