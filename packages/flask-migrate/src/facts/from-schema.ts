import {
  type CheckSchema,
  type ColumnSchema,
  compileExpression,
  type DialectTraits,
  type ForeignKeyConstraintSchema,
  type IndexSchema,
  isAutoKey,
  serverDefaultSql,
  type TableSchema,
} from '@flask-ts/sqlalchemy'
import type { ColumnFacts, ForeignKeyFacts, IndexFacts, TableFacts } from './table-facts.ts'

/** A column as its table's model describes it. */
export function columnFromSchema(
  column: ColumnSchema,
  table: TableSchema,
  traits: DialectTraits,
): ColumnFacts {
  const { serverDefault, comment } = column.options
  const { computed, identity } = column
  return {
    name: column.name,
    type: column.type,
    nullable: column.nullable && !table.primaryKey.includes(column),
    serverDefault,
    defaultSql: serverDefault === undefined ? null : serverDefaultSql(serverDefault, traits),
    autoincrement: isAutoKey(column, table),
    comment: comment ?? null,
    computed: computed && { sqltext: computed.sqltext, persisted: computed.persisted },
    identity: identity && { always: identity.always, start: identity.start, increment: identity.increment },
  }
}

/** A foreign key as a model describes it. */
export function foreignKeyFromSchema(item: ForeignKeyConstraintSchema, table: TableSchema): ForeignKeyFacts {
  const target = table.lookup(item.tableKey)
  const parts = item.tableKey.split('.')
  const action = (given: string | undefined) => (!given || given === 'NO ACTION' ? null : given.toUpperCase())
  return {
    name: item.name,
    columns: item.columns.map((column) => column.name),
    referredSchema: target ? (target.schema ?? null) : parts.length > 1 ? (parts[0] ?? null) : null,
    referredTable: parts.at(-1) as string,
    referredColumns: item.targetColumns,
    ondelete: action(item.options.ondelete),
    onupdate: action(item.options.onupdate),
    deferrable: item.options.deferrable,
    initially: item.options.initially,
  }
}

/** An index as a model describes it. */
export function indexFromSchema(index: IndexSchema, traits: DialectTraits): IndexFacts {
  const { where } = index.options
  return {
    name: index.name as string,
    columns: index.expressions.map((expression) =>
      expression.node.kind === 'column' ? expression.node.name : '',
    ),
    unique: index.unique,
    schema: index,
    expressions: index.expressions.map((expression) => compileExpression(expression, traits)),
    where: where && compileExpression(where, traits),
  }
}

function checkText(item: CheckSchema, traits: DialectTraits): string {
  return typeof item.condition === 'string' ? item.condition : compileExpression(item.condition, traits)
}

/** A table as its model describes it. */
export function tableFromSchema(table: TableSchema, traits: DialectTraits): TableFacts {
  const items = [...table.constraints]
  return {
    name: table.name,
    schema: table.schema ?? null,
    comment: table.options.comment ?? null,
    columns: [...table.columns.values()].map((column) => columnFromSchema(column, table, traits)),
    primaryKey: { name: table.primaryKeyName, columns: table.primaryKey.map((column) => column.name) },
    uniques: items
      .filter((item) => item.kind === 'unique')
      .map((item) => ({ name: item.name, columns: item.columns.map((column) => column.name) })),
    indexes: [...table.indexes].map((index) => indexFromSchema(index, traits)),
    foreignKeys: table.foreignKeyConstraints.map((item) => foreignKeyFromSchema(item, table)),
    checks: items
      .filter((item) => item.kind === 'check')
      .map((item) => ({ name: item.name, sqltext: checkText(item, traits) })),
  }
}
