import { type DialectTraits, type ReflectedColumn, type ReflectedTable, text } from '@flask-ts/sqlalchemy'
import type { ColumnFacts, TableFacts } from './table-facts.ts'

/** SQL text as an expression; its colons are no parameters. */
function sqlExpression(sql: string) {
  return text(sql.replaceAll(':', '\\:'))
}

function fromReflected(column: ReflectedColumn): ColumnFacts {
  const { defaultText } = column
  return {
    name: column.name,
    type: column.type,
    nullable: column.nullable,
    serverDefault: defaultText === null ? undefined : sqlExpression(defaultText),
    defaultSql: defaultText,
    autoincrement: column.autoincrement,
    comment: column.comment,
    computed: column.computed === null ? null : { sqltext: column.computed, persisted: undefined },
    identity: null,
  }
}

/** A table as the database describes it. */
export function tableFromReflected(table: ReflectedTable, traits: DialectTraits): TableFacts {
  // MySQL tells unique constraints twice, as what they are there: indexes.
  const uniques = traits.name === 'mysql' ? [] : table.uniqueConstraints
  return {
    name: table.name,
    schema: table.schema,
    comment: table.comment,
    columns: table.columns.map(fromReflected),
    primaryKey: table.primaryKey,
    uniques,
    indexes: table.indexes.map((index) => ({ ...index, schema: null })),
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, onupdate: key.onupdate, ondelete: key.ondelete })),
    checks: table.checks,
  }
}
