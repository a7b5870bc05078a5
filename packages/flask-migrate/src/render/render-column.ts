import * as sa from '@flask-ts/sqlalchemy'
import type { ColumnFacts } from '../facts/table-facts.ts'
import { objectOf, quoted } from './text.ts'

/** What is inside of a type that is made of another. */
interface Wrapping {
  readonly item?: sa.TypeEngine
  readonly impl?: sa.TypeEngine
  readonly binary?: boolean
  readonly collation?: string
  readonly length?: number
}

/** The call that makes a type again. */
export function renderType(type: sa.TypeEngine): string {
  const { item, impl, binary, collation, length } = type as unknown as Wrapping
  if (type.name === 'ARRAY' && item) return `sa.ARRAY(${renderType(item)})`
  if (type.name === 'JSON' && binary) return 'sa.JSONB()'
  if (type instanceof sa.NullType) return 'new sa.NullType()'
  if (type instanceof sa.RawType) return `new sa.RawType(${quoted(type.text)})`
  if (collation) return `sa.String(${length ?? 'undefined'}, { collation: ${quoted(collation)} })`
  const text = type.repr()
  const name = /^\w+/.exec(text)?.[0] ?? ''
  // A type of the application's own is stored as another, which is what the database needs to know.
  if (impl && !(name in sa)) return renderType(impl)
  return `sa.${text}`
}

/** A default, as text or expression. */
export function renderDefault(column: {
  readonly serverDefault?: unknown
  readonly defaultSql?: string | null
}): string {
  const { serverDefault } = column
  if (typeof serverDefault === 'string') return quoted(serverDefault)
  if (typeof serverDefault === 'number' || typeof serverDefault === 'boolean') return String(serverDefault)
  const text = serverDefault as sa.TextClause | null | undefined
  if (typeof text?.text === 'string') return `sa.text(${quoted(text.text)})`
  return `sa.text(${quoted((column.defaultSql ?? '').replaceAll(':', '\\:'))})`
}

function renderItems(column: ColumnFacts): string {
  const { computed, identity } = column
  if (computed) {
    const options = computed.persisted === undefined ? '' : `, { persisted: ${computed.persisted} }`
    return `[sa.Computed(${quoted(computed.sqltext)}${options})]`
  }
  if (!identity) return ''
  const { always, start, increment } = identity
  return `[sa.Identity(${objectOf([
    ['always', always ? 'true' : undefined],
    ['start', start === undefined ? undefined : String(start)],
    ['increment', increment === undefined ? undefined : String(increment)],
  ])})]`
}

/** The call that makes a column again. */
export function renderColumn(column: ColumnFacts, primaryKey = false): string {
  const options = objectOf([
    ['primaryKey', primaryKey ? 'true' : undefined],
    ['autoincrement', primaryKey ? String(column.autoincrement) : undefined],
    ['serverDefault', column.serverDefault === undefined ? undefined : renderDefault(column)],
    ['nullable', primaryKey ? undefined : String(column.nullable)],
    ['comment', column.comment === null ? undefined : quoted(column.comment)],
  ])
  return `sa.Column(${[renderType(column.type), renderItems(column), options].filter(Boolean).join(', ')})`
}
