import { fileURLToPath } from 'node:url'
import { type Engine, listen } from '@flask-ts/sqlalchemy'
import { currentAppContext, hasAppContext } from 'flask-ts'

/** A query that was executed. */
export interface QueryInfo {
  /** SQL text with the driver's placeholders. */
  readonly statement: string
  readonly parameters: readonly unknown[]
  /** Milliseconds on the clock of `performance.now()`. */
  readonly startTime: number
  readonly endTime: number
  /** How long it took, in seconds. */
  readonly duration: number
  /** Where in the application it was executed, as far as the stack tells. */
  readonly location: string
}

const key = '_sqlalchemy_queries'
const frames = 50

/** Folders whose lines on the stack are ours, not the application's. */
const libraries = ['@flask-ts/sqlalchemy', '@flask-ts/flask-sqlalchemy', 'flask-ts'].map((name) =>
  fileURLToPath(new URL('.', import.meta.resolve(name))),
)

function isOwn(file: string): boolean {
  return file.includes('/node_modules/') || libraries.some((folder) => file.startsWith(folder))
}

/** The innermost line of the stack that lies in the application's folder. */
function locationWithin(rootPath: string): string {
  const before = Error.stackTraceLimit
  Error.stackTraceLimit = frames
  const { stack = '' } = new Error()
  Error.stackTraceLimit = before
  for (const line of stack.split('\n').slice(1)) {
    const found = /^\s*at (?:async )?(?:(?<name>.+?) \()?(?:file:\/\/)?(?<file>\/.*?:\d+):\d+\)?$/.exec(line)
    const { name = '<anonymous>', file = '' } = found?.groups ?? {}
    if (file.startsWith(`${rootPath}/`) && !isOwn(file)) return `${file} (${name})`
  }
  return '<unknown>'
}

function record(_connection: unknown, statement: string, parameters: readonly unknown[], took: number): void {
  if (!hasAppContext()) return
  const { app, g } = currentAppContext()
  const queries = g.setdefault(key, []) as QueryInfo[]
  const endTime = performance.now()
  queries.push({
    statement,
    parameters,
    startTime: endTime - took,
    endTime,
    duration: took / 1000,
    location: locationWithin(app.rootPath),
  })
}

/** Keeps the queries of an engine for `getRecordedQueries`. */
export function recordQueriesOf(engine: Engine): void {
  listen(engine, 'afterCursorExecute', record)
}

/**
 * The queries of the current context, in the order of their execution.
 *
 * They are kept when `SQLALCHEMY_RECORD_QUERIES` is true, which it is in debug mode unless it was set.
 *
 * @see https://flask-sqlalchemy.readthedocs.io/en/stable/record-queries/
 */
export function getRecordedQueries(): readonly QueryInfo[] {
  return hasAppContext() ? (currentAppContext().g.get(key, []) as QueryInfo[]) : []
}
