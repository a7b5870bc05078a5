import type { TypeEngine } from '@flask-ts/sqlalchemy'
import type {
  CheckFacts,
  ColumnFacts,
  ForeignKeyFacts,
  IndexFacts,
  KeyFacts,
  TableFacts,
} from '../facts/table-facts.ts'

/** Attributes of a column as they are to be, or as they were; what is left out stays. */
export interface ColumnState {
  readonly name?: string
  readonly type?: TypeEngine
  readonly nullable?: boolean
  /** `null` for no default. */
  readonly serverDefault?: unknown
  /** `null` for no comment. */
  readonly comment?: string | null
  readonly autoincrement?: boolean
}

/** A change of a column's attributes. */
export interface AlterColumn {
  readonly kind: 'alterColumn'
  readonly name: string
  readonly to: ColumnState
  /** What is known of how it was. */
  readonly from: ColumnState
}

type CreateOrDrop<What extends string, Facts> =
  | ({ readonly kind: `create${What}` } & Facts)
  | ({ readonly kind: `drop${What}` } & Facts)

/** One change of a table. */
export type TableChange =
  | { readonly kind: 'addColumn'; readonly column: ColumnFacts }
  | { readonly kind: 'dropColumn'; readonly column: ColumnFacts }
  | AlterColumn
  | CreateOrDrop<'Index', { readonly index: IndexFacts }>
  | CreateOrDrop<'Unique', { readonly key: KeyFacts }>
  | CreateOrDrop<'PrimaryKey', { readonly key: KeyFacts }>
  | CreateOrDrop<'ForeignKey', { readonly key: ForeignKeyFacts }>
  | CreateOrDrop<'Check', { readonly check: CheckFacts }>
  | { readonly kind: 'tableComment'; readonly to: string | null; readonly from: string | null }

/** Changes of one table. */
export interface ModifyTable {
  readonly kind: 'modifyTable'
  readonly name: string
  readonly schema: string | null
  readonly changes: readonly TableChange[]
}

/** One step from one schema to another. */
export type Directive =
  | { readonly kind: 'createTable'; readonly table: TableFacts }
  | { readonly kind: 'dropTable'; readonly table: TableFacts }
  | ModifyTable

const opposites = {
  addColumn: 'dropColumn',
  dropColumn: 'addColumn',
  createIndex: 'dropIndex',
  dropIndex: 'createIndex',
  createUnique: 'dropUnique',
  dropUnique: 'createUnique',
  createPrimaryKey: 'dropPrimaryKey',
  dropPrimaryKey: 'createPrimaryKey',
  createForeignKey: 'dropForeignKey',
  dropForeignKey: 'createForeignKey',
  createCheck: 'dropCheck',
  dropCheck: 'createCheck',
} as const

function invertColumn(change: AlterColumn): AlterColumn {
  const to: Record<string, unknown> = {}
  const from: Record<string, unknown> = { ...change.from }
  for (const [key, value] of Object.entries(change.to)) {
    to[key] = (change.from as Record<string, unknown>)[key] ?? null
    from[key] = value
  }
  return { kind: 'alterColumn', name: change.to.name ?? change.name, to, from }
}

function invertChange(change: TableChange): TableChange {
  if (change.kind === 'alterColumn') return invertColumn(change)
  if (change.kind === 'tableComment') return { ...change, to: change.from, from: change.to }
  return { ...change, kind: opposites[change.kind] } as TableChange
}

function invertDirective(directive: Directive): Directive {
  if (directive.kind !== 'modifyTable')
    return { ...directive, kind: directive.kind === 'createTable' ? 'dropTable' : 'createTable' }
  return { ...directive, changes: directive.changes.map(invertChange).reverse() }
}

/** The steps that undo others. */
export function invert(directives: readonly Directive[]): Directive[] {
  return directives.map(invertDirective).reverse()
}
