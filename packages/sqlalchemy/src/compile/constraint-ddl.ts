import { CompileError } from '../errors/base-errors.ts'
import { ColumnSchema } from '../schema/column.ts'
import type {
  CheckSchema,
  ForeignKeyConstraintSchema,
  IndexSchema,
  PrimaryKeySchema,
  TableItem,
  UniqueSchema,
} from '../schema/constraint.ts'
import type { TableSchema } from '../schema/table.ts'
import { compileExpression } from './compiler.ts'
import { type DialectTraits, quoteName, quoteQualified } from './traits.ts'

const actions = new Set(['CASCADE', 'SET NULL', 'SET DEFAULT', 'RESTRICT', 'NO ACTION'])

function names(columns: readonly { readonly name: string }[], traits: DialectTraits): string {
  return columns.map((column) => quoteName(column.name, traits)).join(', ')
}

function action(word: 'DELETE' | 'UPDATE', given: string | undefined): string {
  if (given === undefined) return ''
  const upper = given.toUpperCase()
  if (!actions.has(upper))
    throw new CompileError(`Unexpected SQL phrase: '${given}' (matching against foreign key actions)`)
  return ` ON ${word} ${upper}`
}

function foreignKeySql(item: ForeignKeyConstraintSchema, table: TableSchema, traits: DialectTraits): string {
  const target = table.lookup(item.tableKey)
  const parts = item.tableKey.split('.')
  const name = parts.at(-1) as string
  const schema = target ? target.schema : parts.length > 1 ? parts[0] : undefined
  const columns = item.targetColumns.map((column) => quoteName(column, traits)).join(', ')
  const { ondelete, onupdate, deferrable, initially } = item.options
  let sql = `FOREIGN KEY(${names(item.columns, traits)}) REFERENCES ${quoteQualified(schema, name, traits)} (${columns})`
  sql += action('DELETE', ondelete) + action('UPDATE', onupdate)
  if (traits.name === 'mysql') return sql
  if (deferrable !== undefined) sql += deferrable ? ' DEFERRABLE' : ' NOT DEFERRABLE'
  if (initially !== undefined) sql += ` INITIALLY ${initially === 'DEFERRED' ? 'DEFERRED' : 'IMMEDIATE'}`
  return sql
}

function checkSql(item: CheckSchema, traits: DialectTraits): string {
  const text = typeof item.condition === 'string' ? item.condition : compileExpression(item.condition, traits)
  return `CHECK (${text})`
}

/** Writes a constraint as CREATE TABLE and ADD CONSTRAINT want it. */
export function constraintDdl(
  item: Exclude<TableItem, IndexSchema>,
  table: TableSchema,
  traits: DialectTraits,
): string {
  const name = item.name === null ? '' : `CONSTRAINT ${quoteName(item.name, traits)} `
  return name + constraintBody(item, table, traits)
}

function constraintBody(
  item: UniqueSchema | CheckSchema | PrimaryKeySchema | ForeignKeyConstraintSchema,
  table: TableSchema,
  traits: DialectTraits,
): string {
  switch (item.kind) {
    case 'unique':
      return `UNIQUE (${names(item.columns, traits)})`
    case 'primary':
      return `PRIMARY KEY (${names(item.columns, traits)})`
    case 'check':
      return checkSql(item, traits)
    default:
      return foreignKeySql(item, table, traits)
  }
}

/** Writes CREATE INDEX. */
export function createIndexDdl(index: IndexSchema, table: TableSchema, traits: DialectTraits): string {
  if (index.name === null) throw new CompileError('CREATE INDEX requires that the index have a name')
  const columns = index.expressions.map((expression) => {
    if (expression instanceof ColumnSchema) return quoteName(expression.name, traits)
    const sql = compileExpression(expression, traits)
    return expression.node.kind === 'unary' && expression.node.after ? sql : `(${sql})`
  })
  const using =
    index.options.using && traits.name === 'postgresql'
      ? ` USING ${quoteName(index.options.using, traits)}`
      : ''
  let sql = `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${quoteName(index.name, traits)} ON `
  sql += `${quoteQualified(table.schema, table.name, traits)}${using} (${columns.join(', ')})`
  if (index.options.where && traits.name !== 'mysql')
    sql += ` WHERE ${compileExpression(index.options.where, traits)}`
  return sql
}
