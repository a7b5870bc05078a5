import { AmbiguousForeignKeysError, NoForeignKeysError } from '../errors/base-errors.ts'
import type { TypeEngine } from '../types/type-engine.ts'
import { ColumnElement, type Condition, conjunction } from './column-element.ts'
import type { FromElement, QueryElement } from './node.ts'

/** A column of a FROM element that can say which columns it refers to by foreign keys. */
export interface ReferencingColumn {
  foreignTargets(): readonly ColumnElement[]
}

function targetsOf(column: ColumnElement): readonly ColumnElement[] {
  return 'foreignTargets' in column ? (column as unknown as ReferencingColumn).foreignTargets() : []
}

/** A column seen through an alias or a subquery. */
class ProxyColumn<V = unknown> extends ColumnElement<V> {
  readonly #key: string
  /** The column that is seen. */
  readonly original: ColumnElement

  constructor(from: FromElement, key: string, name: string, type: TypeEngine, original: ColumnElement) {
    super({ kind: 'column', from, name }, type)
    this.#key = key
    this.original = original
  }

  override get key(): string {
    return this.#key
  }

  foreignTargets(): readonly ColumnElement[] {
    return targetsOf(this.original)
  }
}

/** Something that rows come from: table, alias, subquery, common table expression, join. */
export abstract class FromClause implements FromElement {
  abstract readonly fromKind: string
  abstract readonly name: string | null
  /** Columns by key. */
  abstract readonly columns: ReadonlyMap<string, ColumnElement>
  #record: Record<string, ColumnElement> | undefined

  /** Columns as properties. */
  get c(): Record<string, ColumnElement> {
    this.#record ??= Object.fromEntries(this.columns)
    return this.#record
  }

  /** The same rows under another name; without a name, the compiler makes one. */
  alias(name?: string): Alias {
    return new Alias(this, name ?? null)
  }

  /** An inner join; without a condition, along the only foreign key. */
  join(right: FromClause, on?: Condition): Join {
    return new Join(this, right, on ?? joinCondition(this, right), 'inner')
  }

  /** A left outer join. */
  outerjoin(right: FromClause, on?: Condition): Join {
    return new Join(this, right, on ?? joinCondition(this, right), 'left')
  }

  /** True when this element is `other` or a join that contains it. */
  covers(other: FromElement): boolean {
    return this === other
  }
}

function proxies(owner: FromClause, columns: ReadonlyMap<string, ColumnElement>): Map<string, ColumnElement> {
  const result = new Map<string, ColumnElement>()
  for (const [key, column] of columns) {
    const name = column.node.kind === 'column' ? column.node.name : key
    result.set(key, new ProxyColumn(owner, key, name, column.type, column))
  }
  return result
}

/** Another name for a FROM element. */
export class Alias extends FromClause {
  readonly fromKind = 'alias'
  readonly name: string | null
  readonly element: FromClause
  readonly columns: ReadonlyMap<string, ColumnElement>

  constructor(element: FromClause, name: string | null) {
    super()
    this.name = name
    this.element = element
    this.columns = proxies(this, element.columns)
  }
}

/** A query that can stand in FROM: it knows its columns by name. */
export interface SelectableQuery extends QueryElement {
  /** Result columns by the name under which SQL gives them. */
  exportedColumns(): ReadonlyMap<string, ColumnElement>
}

/** A query in FROM. */
export class Subquery extends FromClause {
  readonly fromKind = 'subquery'
  readonly name: string | null
  readonly query: SelectableQuery
  readonly lateral: boolean
  readonly columns: ReadonlyMap<string, ColumnElement>

  constructor(query: SelectableQuery, name: string | null, lateral = false) {
    super()
    this.name = name
    this.query = query
    this.lateral = lateral
    this.columns = exported(this, query)
  }
}

function exported(owner: FromClause, query: SelectableQuery): Map<string, ColumnElement> {
  const columns = new Map<string, ColumnElement>()
  for (const [name, column] of query.exportedColumns()) {
    columns.set(name, new ProxyColumn(owner, name, name, column.type, column))
  }
  return columns
}

/** A common table expression: a query in WITH. */
export class Cte extends FromClause {
  readonly fromKind = 'cte'
  readonly name: string
  readonly recursive: boolean
  readonly columns: ReadonlyMap<string, ColumnElement>
  query: SelectableQuery

  constructor(query: SelectableQuery, name: string, recursive: boolean) {
    super()
    this.name = name
    this.recursive = recursive
    this.query = query
    this.columns = exported(this, query)
  }
}

/** A function in FROM, such as `generate_series`; every column name that is asked for exists. */
export class FunctionFrom extends FromClause {
  readonly fromKind = 'function'
  readonly name: string
  readonly call: ColumnElement
  readonly columns: ReadonlyMap<string, ColumnElement>

  constructor(call: ColumnElement, name: string, columns: readonly string[]) {
    super()
    this.name = name
    this.call = call
    this.columns = new Map(columns.map((key) => [key, new ProxyColumn(this, key, key, call.type, call)]))
  }
}

/** How a join treats rows without a partner. */
export type JoinKind = 'inner' | 'left' | 'full'

/** Two FROM elements side by side. */
export class Join extends FromClause {
  readonly fromKind = 'join'
  readonly name = null
  readonly left: FromClause
  readonly right: FromClause
  readonly on: Condition
  readonly kind: JoinKind

  constructor(left: FromClause, right: FromClause, on: Condition, kind: JoinKind) {
    super()
    this.left = left
    this.right = right
    this.on = on
    this.kind = kind
  }

  get columns(): ReadonlyMap<string, ColumnElement> {
    const columns = new Map<string, ColumnElement>()
    for (const side of [this.left, this.right]) {
      for (const [key, column] of side.columns) {
        columns.set(side.name === null ? key : `${side.name}_${key}`, column)
      }
    }
    return columns
  }

  override covers(other: FromElement): boolean {
    return this === other || this.left.covers(other) || this.right.covers(other)
  }
}

/** The column of a table that a possibly aliased column stands for. */
export function underlying(column: ColumnElement): ColumnElement {
  return column instanceof ProxyColumn ? underlying(column.original) : column
}

function links(from: FromClause, to: FromClause): Condition[] {
  const conditions: Condition[] = []
  for (const column of from.columns.values()) {
    for (const target of targetsOf(column)) {
      for (const candidate of to.columns.values()) {
        if (underlying(candidate) === target) conditions.push(column.eq(candidate))
      }
    }
  }
  return conditions
}

/** The condition that joins two elements along a foreign key, or null when there is none. */
export function findJoinCondition(left: FromClause, right: FromClause): Condition | null {
  const forward = links(right, left)
  const backward = left === right ? [] : links(left, right)
  if (forward.length && backward.length) {
    throw new AmbiguousForeignKeysError(
      `Can't determine join between '${left.name}' and '${right.name}'; tables have more than one foreign key constraint relationship between them. Please specify the 'onclause' of this join explicitly.`,
    )
  }
  const found = forward.length ? forward : backward
  return found.length ? conjunction('and', found) : null
}

/**
 * The condition that joins two elements along their only foreign key.
 * @throws NoForeignKeysError when they have none
 */
export function joinCondition(left: FromClause, right: FromClause): Condition {
  const condition = findJoinCondition(left, right)
  if (condition) return condition
  throw new NoForeignKeysError(
    `Can't find any foreign key relationships between '${left.name}' and '${right.name}'. Please specify the 'onclause' of this join explicitly.`,
  )
}
