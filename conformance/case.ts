import { isDeepStrictEqual } from 'node:util'

/** One line of a corpus: an id, and whatever its format says. */
export interface CorpusLine {
  readonly id: string
  readonly [field: string]: unknown
}

/** What came of one case. */
export type Verdict =
  | { readonly pass: true }
  | { readonly pass: false; readonly expected: unknown; readonly actual: unknown }

/** Runs one case of an area. A throw counts as a failure. */
export type CaseRunner = (line: CorpusLine) => Verdict | Promise<Verdict>

/** The running of one corpus file: a runner, and what has to be put away after its last case. */
export interface AreaSession extends AsyncDisposable {
  readonly run: CaseRunner
  /** Reads a line of the corpus, if `JSON.parse` loses something that the area needs. */
  readonly parse?: ((text: string) => CorpusLine) | undefined
}

/** Passes if both values are deeply equal as JSON: `0` equals `-0`, and the order of object keys is free. */
export function compare(expected: unknown, actual: unknown): Verdict {
  const equal = isDeepStrictEqual(withoutMinusZero(actual), withoutMinusZero(expected))
  return equal ? { pass: true } : { pass: false, expected, actual }
}

function withoutMinusZero(value: unknown): unknown {
  if (value === 0) return 0
  if (Array.isArray(value)) return value.map(withoutMinusZero)
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutMinusZero(member)]))
}
