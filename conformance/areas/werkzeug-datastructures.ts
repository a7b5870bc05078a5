import { type CorpusLine, compare, type Verdict } from '../case.ts'
import { operate } from './werkzeug/operations.ts'
import { outcome } from './werkzeug/outcome.ts'
import { makeStructure, type Structure } from './werkzeug/structures.ts'

interface StructureCase extends CorpusLine {
  readonly type: string
  readonly init: unknown
  readonly ops: readonly (readonly [string, ...unknown[]])[]
  readonly init_error?: string
  readonly expect: readonly unknown[]
}

/** Makes a structure, runs the ops in their order, and compares every result. */
export function runCase(line: CorpusLine): Verdict {
  const { type, init, ops, init_error, expect } = line as StructureCase
  if (init_error !== undefined) {
    const expected = { error: init_error }
    return compare(
      expected,
      outcome(() => makeStructure(type, init).value.constructor.name, expected),
    )
  }
  const structure: Structure = makeStructure(type, init)
  const actual = ops.map((op, index) => outcome(() => operate(structure, op), expect[index]))
  return compare(expect, actual)
}
