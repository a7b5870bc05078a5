import { strip } from './strip.ts'

const plainInt = /^-?[0-9]+$/

/**
 * Reads a header's integer: ASCII digits with at most a minus sign; no plus sign, no underscores.
 *
 * @param text - White space around the number is ignored.
 * @returns The number, or `undefined` where the text is none.
 */
export function parsePlainInt(text: string): number | undefined {
  const digits = strip(text)
  return plainInt.test(digits) ? Number(digits) : undefined
}
