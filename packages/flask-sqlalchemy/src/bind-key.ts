import { Delete, type Executable, Insert, Select, TableSchema, Update } from '@flask-ts/sqlalchemy'

function tableOf(item: unknown): TableSchema | undefined {
  if (item instanceof TableSchema) return item
  const node = (item as { readonly node?: { readonly from?: unknown } } | null)?.node
  return node?.from instanceof TableSchema ? node.from : undefined
}

/** The bind key of the table that a statement reads or writes; statements of mapped classes find theirs by the class. */
export function bindKeyOf(statement: Executable): string | undefined {
  if (statement instanceof Insert || statement instanceof Update || statement instanceof Delete) {
    return tableOf(statement.parts.target)?.options.bindKey
  }
  if (!(statement instanceof Select)) return undefined
  for (const item of [...statement.parts.froms, ...statement.parts.items]) {
    const table = tableOf(item)
    if (table) return table.options.bindKey
  }
  return undefined
}
