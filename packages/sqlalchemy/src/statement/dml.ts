import { ArgumentError } from '../errors/base-errors.ts'
import type { ColumnElement, Condition } from '../expression/column-element.ts'
import { ENTITY, type EntityRef, type EntitySource } from '../expression/entity.ts'
import type { SelectableQuery } from '../expression/from-clause.ts'
import { TableSchema } from '../schema/table.ts'
import { entityColumn } from './select.ts'
import { checkItem, type SelectItem, type SelectRow } from './select-item.ts'

/** A table or mapped class that is written to. */
export type DmlTarget = TableSchema | EntitySource

/** Values of one row by column or attribute key. */
export type RowValues = Readonly<Record<string, unknown>>

/** What happens to a row that is already there. */
export interface ConflictAction {
  readonly kind: 'nothing' | 'update' | 'duplicate'
  readonly elements: readonly (string | ColumnElement)[]
  readonly constraint: string | null
  readonly set: RowValues
  readonly where: Condition | null
}

/** All that a statement that writes consists of. */
export interface DmlParts {
  readonly target: DmlTarget
  readonly values: readonly RowValues[]
  readonly where: readonly Condition[]
  readonly returning: readonly SelectItem[]
  readonly executionOptions: Readonly<Record<string, unknown>>
  readonly fromSelect: { readonly keys: readonly string[]; readonly query: SelectableQuery } | null
  readonly conflict: ConflictAction | null
}

/** The entity or table that a statement writes to. */
function dmlEntity(target: DmlTarget): EntityRef | TableSchema {
  return target instanceof TableSchema ? target : target[ENTITY]
}

/** The table that a statement writes to. */
export function dmlTable(target: DmlTarget): TableSchema {
  const table = target instanceof TableSchema ? target : target[ENTITY].from
  if (table instanceof TableSchema) return table
  throw new ArgumentError(
    'INSERT, UPDATE and DELETE need a table or a mapped class, not an alias or a subquery',
  )
}

/** The column that a value's key means: an attribute of the class, or a column of the table. */
export function dmlColumn(target: DmlTarget, key: string): ColumnElement {
  const table = dmlTable(target)
  return table.columnByName(key) ?? entityColumn(dmlEntity(target), key)
}

abstract class DmlStatement<R extends readonly unknown[]> {
  declare readonly '~row': R
  abstract readonly statementKind: 'insert' | 'update' | 'delete'
  readonly parts: DmlParts

  constructor(parts: DmlParts) {
    this.parts = parts
  }
}

function changed<T extends { readonly parts: DmlParts }>(statement: T, changes: Partial<DmlParts>): T {
  const copy = Object.create(Object.getPrototypeOf(statement)) as T
  return Object.assign(copy, statement, { parts: { ...statement.parts, ...changes } })
}

/** An INSERT. Every method gives a new statement. */
export class Insert<R extends readonly unknown[] = []> extends DmlStatement<R> {
  readonly statementKind = 'insert'

  /** One row or several. */
  values(values: RowValues | readonly RowValues[]): Insert<R> {
    return changed(this, { values: Array.isArray(values) ? values : [values as RowValues] })
  }

  /** Rows of a SELECT for the named columns. */
  fromSelect(keys: readonly string[], query: SelectableQuery): Insert<R> {
    return changed(this, { fromSelect: { keys, query } })
  }

  /** Gives columns of the new rows. */
  returning<const T extends readonly SelectItem[]>(...items: T): Insert<SelectRow<T>> {
    return changed(this, { returning: items.map(checkItem) }) as unknown as Insert<SelectRow<T>>
  }

  /** Leaves rows alone that are already there. */
  onConflictDoNothing(
    options: { indexElements?: readonly (string | ColumnElement)[]; constraint?: string } = {},
  ): Insert<R> {
    const { indexElements: elements = [], constraint = null } = options
    return changed(this, { conflict: { kind: 'nothing', elements, constraint, set: {}, where: null } })
  }

  /** Updates rows that are already there; `excluded('name')` is the value that was to be inserted. */
  onConflictDoUpdate(options: {
    indexElements?: readonly (string | ColumnElement)[]
    constraint?: string
    set: RowValues
    where?: Condition
  }): Insert<R> {
    const { indexElements: elements = [], constraint = null, set, where = null } = options
    return changed(this, { conflict: { kind: 'update', elements, constraint, set, where } })
  }

  /** MySQL's way to update rows that are already there. */
  onDuplicateKeyUpdate(set: RowValues): Insert<R> {
    return changed(this, {
      conflict: { kind: 'duplicate', elements: [], constraint: null, set, where: null },
    })
  }

  executionOptions(options: Record<string, unknown>): Insert<R> {
    return changed(this, { executionOptions: { ...this.parts.executionOptions, ...options } })
  }
}

/** An UPDATE. Every method gives a new statement. */
export class Update<R extends readonly unknown[] = []> extends DmlStatement<R> {
  readonly statementKind = 'update'

  where(...conditions: Condition[]): Update<R> {
    return changed(this, { where: [...this.parts.where, ...conditions] })
  }

  /** Conditions of equality on attributes. */
  filterBy(values: RowValues): Update<R> {
    const conditions = Object.entries(values).map(([key, value]) =>
      dmlColumn(this.parts.target, key).eq(value),
    )
    return this.where(...conditions)
  }

  /** New values; an expression such as `User.age.add(1)` is worked out by the database. */
  values(values: RowValues): Update<R> {
    return changed(this, { values: [{ ...this.parts.values[0], ...values }] })
  }

  returning<const T extends readonly SelectItem[]>(...items: T): Update<SelectRow<T>> {
    return changed(this, { returning: items.map(checkItem) }) as unknown as Update<SelectRow<T>>
  }

  executionOptions(options: Record<string, unknown>): Update<R> {
    return changed(this, { executionOptions: { ...this.parts.executionOptions, ...options } })
  }
}

/** A DELETE. Every method gives a new statement. */
export class Delete<R extends readonly unknown[] = []> extends DmlStatement<R> {
  readonly statementKind = 'delete'

  where(...conditions: Condition[]): Delete<R> {
    return changed(this, { where: [...this.parts.where, ...conditions] })
  }

  /** Conditions of equality on attributes. */
  filterBy(values: RowValues): Delete<R> {
    const conditions = Object.entries(values).map(([key, value]) =>
      dmlColumn(this.parts.target, key).eq(value),
    )
    return this.where(...conditions)
  }

  returning<const T extends readonly SelectItem[]>(...items: T): Delete<SelectRow<T>> {
    return changed(this, { returning: items.map(checkItem) }) as unknown as Delete<SelectRow<T>>
  }

  executionOptions(options: Record<string, unknown>): Delete<R> {
    return changed(this, { executionOptions: { ...this.parts.executionOptions, ...options } })
  }
}

function emptyDml(target: DmlTarget): DmlParts {
  dmlTable(target)
  return {
    target,
    values: [],
    where: [],
    returning: [],
    executionOptions: {},
    fromSelect: null,
    conflict: null,
  }
}

/** An INSERT into a table or mapped class. */
export function insert(target: DmlTarget): Insert {
  return new Insert(emptyDml(target))
}

/** An UPDATE of a table or mapped class. */
export function update(target: DmlTarget): Update {
  return new Update(emptyDml(target))
}

/** A DELETE from a table or mapped class. */
export function delete_(target: DmlTarget): Delete {
  return new Delete(emptyDml(target))
}
