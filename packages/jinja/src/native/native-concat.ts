import { print } from '../python/print.ts'
import { literalEval } from './literal-eval.ts'

/**
 * The native value of a rendering: a single value stays what it is, several are joined as text, and a text that
 * is a Python literal becomes its value.
 *
 * @param values The pieces of output, not yet printed.
 * @returns null if there are none.
 */
export function nativeConcat(values: Iterable<unknown>): unknown {
  const pieces = [...values]
  if (pieces.length === 0) return null
  if (pieces.length === 1) {
    const [only] = pieces
    return typeof only === 'string' ? literalEval(only, only) : only
  }
  const text = pieces.map(print).join('')
  return literalEval(text, text)
}
