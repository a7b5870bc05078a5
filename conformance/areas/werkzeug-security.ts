import { checkPasswordHash } from '@flask-ts/werkzeug/security'
import { type CorpusLine, compare, type Verdict } from '../case.ts'
import { outcome } from './werkzeug/outcome.ts'

/** Checks one password against one stored hash. */
export function runCase(line: CorpusLine): Verdict {
  const expected = 'error' in line ? { error: line.error } : line.expect
  const actual = outcome(() => checkPasswordHash(String(line.hash), String(line.password)), expected)
  return compare(expected, actual)
}
