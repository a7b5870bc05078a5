import type { DialectTraits } from '@flask-ts/sqlalchemy'
import type { ForeignKeyFacts, IndexFacts, KeyFacts, TableFacts } from '../facts/table-facts.ts'
import type { TableChange } from './directive.ts'

/** A unique constraint or an index, to be compared with another. */
interface Entry {
  readonly name: string | null
  readonly columns: string
  readonly unique: boolean
  readonly isConstraint: boolean
  readonly create: TableChange
  readonly drop: TableChange
}

function constraintEntry(key: KeyFacts): Entry {
  return {
    name: key.name,
    columns: key.columns.join(),
    unique: true,
    isConstraint: true,
    create: { kind: 'createUnique', key },
    drop: { kind: 'dropUnique', key },
  }
}

function indexEntry(index: IndexFacts): Entry {
  return {
    name: index.name,
    columns: index.columns.join(),
    unique: index.unique,
    isConstraint: false,
    create: { kind: 'createIndex', index },
    drop: { kind: 'dropIndex', index },
  }
}

function isSame(model: Entry, found: Entry, traits: DialectTraits): boolean {
  // Expressions have no column names: such an index goes by its own name.
  const byName = model.columns.split(',').includes('') && model.name === found.name
  if (model.unique !== found.unique) return false
  if (model.columns !== found.columns && !byName) return false
  if (model.isConstraint !== found.isConstraint && !(traits.name === 'mysql' && model.unique)) return false
  return model.name === null || found.name === null || model.name === found.name
}

/** MySQL makes an index for every foreign key that has none, under the name of its first column or its own. */
function isForForeignKey(entry: Entry, table: TableFacts, traits: DialectTraits): boolean {
  if (traits.name !== 'mysql' || entry.unique) return false
  return table.foreignKeys.some(
    (key) =>
      key.columns.join() === entry.columns && (entry.name === key.columns[0] || entry.name === key.name),
  )
}

function entriesOf(table: TableFacts): Entry[] {
  return [...table.uniques.map(constraintEntry), ...table.indexes.map(indexEntry)]
}

/** The changes of unique constraints and indexes. */
export function compareIndexes(
  model: TableFacts,
  found: TableFacts,
  traits: DialectTraits,
): { created: TableChange[]; dropped: TableChange[] } {
  const waiting = entriesOf(found)
  const created: TableChange[] = []
  const wanted = entriesOf(model).sort(
    (left, right) => Number(left.name === null) - Number(right.name === null),
  )
  for (const entry of wanted) {
    const exact = waiting.findIndex((other) => other.name === entry.name && isSame(entry, other, traits))
    const place = exact >= 0 ? exact : waiting.findIndex((other) => isSame(entry, other, traits))
    if (place >= 0) waiting.splice(place, 1)
    else created.push(entry.create)
  }
  const dropped = waiting.filter((entry) => !isForForeignKey(entry, found, traits)).map((entry) => entry.drop)
  return { created, dropped }
}

function signature(key: ForeignKeyFacts): string {
  return JSON.stringify([
    key.columns,
    key.referredSchema,
    key.referredTable,
    key.referredColumns,
    key.ondelete,
    key.onupdate,
  ])
}

/** MySQL does not tell RESTRICT, which it does anyhow, from nothing. */
function asTold(key: ForeignKeyFacts, traits: DialectTraits): ForeignKeyFacts {
  if (traits.name !== 'mysql') return key
  const told = (action: string | null) => (action === 'RESTRICT' ? null : action)
  return { ...key, ondelete: told(key.ondelete), onupdate: told(key.onupdate) }
}

/** The changes of foreign keys; their names do not count. */
export function compareForeignKeys(
  model: TableFacts,
  found: TableFacts,
  traits: DialectTraits,
): { created: TableChange[]; dropped: TableChange[] } {
  const waiting = new Map(found.foreignKeys.map((key) => [signature(key), key]))
  const created: TableChange[] = []
  for (const key of model.foreignKeys) {
    if (!waiting.delete(signature(asTold(key, traits)))) created.push({ kind: 'createForeignKey', key })
  }
  const dropped = [...waiting.values()].map((key): TableChange => ({ kind: 'dropForeignKey', key }))
  return { created, dropped }
}
