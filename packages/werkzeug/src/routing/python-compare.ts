/** Whether two values are equal as Python's `==` sees it: `1` equals `True`, `1` does not equal `'1'`. */
export function pythonEquals(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (typeof left === 'boolean') return pythonEquals(Number(left), right)
  if (typeof right === 'boolean') return pythonEquals(left, Number(right))
  if (typeof left === 'bigint' || typeof right === 'bigint') {
    // biome-ignore lint/suspicious/noDoubleEquals: a bigint and a number are equal by value only with the loose operator
    return typeof left !== 'string' && typeof right !== 'string' && left == right
  }
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (left instanceof Date && right instanceof Date) return left.getTime() === right.getTime()
  if (Array.isArray(left) !== Array.isArray(right)) return false
  const keys = Object.keys(left)
  if (keys.length === 0 && !Array.isArray(left)) return false
  return (
    keys.length === Object.keys(right).length &&
    keys.every(
      (key) =>
        Object.hasOwn(right, key) &&
        pythonEquals((left as Record<string, unknown>)[key], (right as Record<string, unknown>)[key]),
    )
  )
}

function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let i = 0; i < length; i++) {
    const a = left.charCodeAt(i)
    const b = right.charCodeAt(i)
    if (a === b) continue
    // Surrogates stand for code points above every other unit.
    const high = Number(a >= 0xd800 && a <= 0xdfff) - Number(b >= 0xd800 && b <= 0xdfff)
    return high !== 0 ? high : a - b
  }
  return left.length - right.length
}

/**
 * Orders two values as Python's `<` does: numbers by value, text by code point, lists item by item.
 *
 * @returns Below zero if `left` comes first, above zero if `right` does.
 * @throws TypeError if the two kinds have no order.
 */
export function pythonCompare(left: unknown, right: unknown): number {
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right)
  if (Array.isArray(left) && Array.isArray(right)) {
    const length = Math.min(left.length, right.length)
    for (let i = 0; i < length; i++) {
      if (pythonEquals(left[i], right[i])) continue
      return pythonCompare(left[i], right[i])
    }
    return left.length - right.length
  }
  const a = typeof left === 'boolean' ? Number(left) : left
  const b = typeof right === 'boolean' ? Number(right) : right
  if ((typeof a === 'number' || typeof a === 'bigint') && (typeof b === 'number' || typeof b === 'bigint')) {
    return a < b ? -1 : a > b ? 1 : 0
  }
  throw new TypeError(`can't order ${typeof left} and ${typeof right}: sort by keys of one kind`)
}
