import { readFileSync } from 'node:fs'
import type { DeclarativeBase } from '../../src/index.ts'
import { createEngine, Session, text } from '../../src/index.ts'

/** Writes a value as the recorder does: Python's repr, with brackets for tuples. */
function repr(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (typeof value === 'string') return `'${value}'`
  return Array.isArray(value) ? `[${value.map(repr).join(', ')}]` : `${value}`
}

function failure(error: unknown): string {
  return `!${error instanceof Error ? error.constructor.name : String(error)}`
}

/** What one scenario does within a session on a fresh database; what it gives is compared. */
export type Scenario = (session: Session) => Promise<unknown>

/** Runs a scenario and writes its outcome: result or error, outcome of the commit, all rows. */
export async function outcome(
  base: DeclarativeBase,
  seed: (session: Session) => void,
  scenario: Scenario,
  queries: readonly string[],
): Promise<string> {
  const engine = createEngine('sqlite://')
  await base.metadata.createAll(engine)
  await using session = new Session({ bind: engine })
  seed(session)
  await session.commit()
  session.expungeAll()
  let result: string
  try {
    const value = await scenario(session)
    result = typeof value === 'string' ? value : repr(value)
  } catch (error) {
    result = failure(error)
  }
  let committed = 'ok'
  try {
    await session.commit()
  } catch (error) {
    committed = failure(error)
    await session.rollback()
  }
  const rows: unknown[] = []
  for (const query of queries)
    rows.push((await session.execute(text(query))).all().map((row) => Array.from(row)))
  return `${result} ${committed} ${repr(rows)}`
}

/** The recorded outcomes by the number of the scenario. */
export function recorded(name: string): Map<number, string> {
  const lines = readFileSync(new URL(`./${name}.txt`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
  return new Map(lines.map((line) => [Number.parseInt(line, 10), line.slice(line.indexOf(' ') + 1)]))
}
