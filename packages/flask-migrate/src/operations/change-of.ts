import {
  CheckSchema,
  type ColumnElement,
  type Condition,
  compileExpression,
  type DialectTraits,
  type ForeignKeyAction,
  Index,
  IndexSchema,
  nullType,
  type TypeLike,
  toType,
} from '@flask-ts/sqlalchemy'
import type { AlterColumn, ColumnState, TableChange } from '../compare/directive.ts'
import { CommandError } from '../errors.ts'
import type { ColumnFacts } from '../facts/table-facts.ts'

/** How a column changes; what is left out stays. */
export interface ColumnAlteration {
  /** Renames the column. */
  newColumnName?: string
  type?: TypeLike<unknown>
  nullable?: boolean
  /** Text for a literal, an expression, or `null` to take the default away. */
  serverDefault?: unknown
  comment?: string | null
  autoincrement?: boolean
  /** What the column has been, where the database cannot be asked. */
  existingType?: TypeLike<unknown>
  existingNullable?: boolean
  existingServerDefault?: unknown
  existingComment?: string | null
  existingAutoincrement?: boolean
}

/** How an index is made. */
export interface IndexChoices {
  unique?: boolean
  /** Condition of a partial index. */
  where?: Condition
  using?: string
}

/** What a foreign key does. */
export interface ForeignKeyChoices {
  ondelete?: ForeignKeyAction
  onupdate?: ForeignKeyAction
  deferrable?: boolean
  initially?: 'DEFERRED' | 'IMMEDIATE'
  referentSchema?: string | null
}

/** Which constraint is meant. */
export interface ConstraintChoices {
  type?: 'unique' | 'foreignkey' | 'primary' | 'check'
  /** Its columns, to find one that has no name or another name in this database. */
  columns?: readonly string[]
}

function defined<T extends object>(state: T): T {
  return Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined)) as T
}

/** A change of a column. */
export function alterationOf(name: string, given: ColumnAlteration): AlterColumn {
  const { type, existingType } = given
  const to: ColumnState = defined({
    name: given.newColumnName,
    type: type && toType(type),
    nullable: given.nullable,
    serverDefault: given.serverDefault,
    comment: given.comment,
    autoincrement: given.autoincrement,
  })
  const from: ColumnState = defined({
    type: existingType && toType(existingType),
    nullable: given.existingNullable,
    serverDefault: given.existingServerDefault,
    comment: given.existingComment,
    autoincrement: given.existingAutoincrement,
  })
  return { kind: 'alterColumn', name, to, from }
}

/** A column of which only the name counts. */
export function namedColumn(name: string): ColumnFacts {
  return {
    name,
    type: nullType,
    nullable: true,
    serverDefault: undefined,
    defaultSql: null,
    autoincrement: false,
    comment: null,
    computed: null,
    identity: null,
  }
}

/** A new index. */
export function indexOf(
  name: string,
  columns: readonly (string | ColumnElement)[],
  given: IndexChoices,
): TableChange {
  const schema = Index(name, columns, given)
  const plain = columns.every((column) => typeof column === 'string') && !given.where && !given.using
  const names = columns.map((column) => (typeof column === 'string' ? column : ''))
  const { unique = false } = given
  return {
    kind: 'createIndex',
    index: {
      name,
      columns: names,
      unique,
      schema: plain ? null : new IndexSchema(name, schema.given, given),
    },
  }
}

/** A new foreign key. */
export function foreignKeyOf(
  name: string | null,
  referent: string,
  columns: readonly string[],
  referredColumns: readonly string[],
  given: ForeignKeyChoices,
): TableChange {
  const key = {
    name,
    columns,
    referredSchema: given.referentSchema ?? null,
    referredTable: referent,
    referredColumns,
    ondelete: given.ondelete ?? null,
    onupdate: given.onupdate ?? null,
    deferrable: given.deferrable,
    initially: given.initially,
  }
  return { kind: 'createForeignKey', key }
}

/** A new check constraint. */
export function checkOf(
  name: string | null,
  condition: string | Condition,
  traits: DialectTraits,
): TableChange {
  const { condition: given } = new CheckSchema(condition, name)
  const sqltext = typeof given === 'string' ? given : compileExpression(given, traits)
  return { kind: 'createCheck', check: { name, sqltext } }
}

/** The end of a constraint. */
export function dropOf(name: string | null, given: ConstraintChoices, traits: DialectTraits): TableChange {
  const { type, columns = [] } = given
  const key = { name, columns }
  switch (type) {
    case 'foreignkey':
      return {
        kind: 'dropForeignKey',
        key: {
          ...key,
          referredSchema: null,
          referredTable: '',
          referredColumns: [],
          ondelete: null,
          onupdate: null,
        },
      }
    case 'primary':
      return { kind: 'dropPrimaryKey', key }
    case 'check':
      return { kind: 'dropCheck', check: { name, sqltext: '' } }
    case 'unique':
      return { kind: 'dropUnique', key }
    default:
      // By its name alone PostgreSQL drops a constraint of any kind.
      if (traits.name === 'postgresql') return { kind: 'dropCheck', check: { name, sqltext: '' } }
      throw new CommandError(
        `dropConstraint('${name}') needs the kind of constraint on ${traits.name}: { type: 'unique' }, 'foreignkey', 'primary' or 'check'.`,
      )
  }
}
