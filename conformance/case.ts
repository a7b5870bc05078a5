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

/** Passes if both values are deeply equal, with `1` equal to `1.0` and the order of object keys free. */
export function compare(expected: unknown, actual: unknown): Verdict {
  return isDeepStrictEqual(actual, expected) ? { pass: true } : { pass: false, expected, actual }
}
