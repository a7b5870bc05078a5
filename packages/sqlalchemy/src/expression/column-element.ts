import { ArgumentError } from '../errors/base-errors.ts'
import { booleanType, inferType, integerType, stringType } from '../types/infer-type.ts'
import { nullType, type TypeEngine, type TypeLike, toType } from '../types/type-engine.ts'
import { type ExpressionNode, type FrameBounds, nullNode, type QueryElement } from './node.ts'

/** A SELECT where a single value is expected. */
export interface ScalarQuery<V = unknown> extends QueryElement {
  /** The type of its only column. */
  readonly scalarType: TypeEngine
  readonly '~row'?: readonly V[]
}

/** What a comparison takes beside a column of `V`: a value, another expression, or a scalar SELECT. */
export type Operand<V> =
  | V
  | ColumnElement<V>
  | ColumnElement<NonNullable<V>>
  | ColumnElement<V | null>
  | ScalarQuery

/** A condition, for WHERE, HAVING and ON. */
export type Condition = ColumnElement<boolean>

/** Options of the pattern methods. */
export interface PatternOptions {
  /** Character that takes the meaning from `%` and `_`. */
  escape?: string
  /** Escapes `%`, `_` and the escape character of the value itself. */
  autoescape?: boolean
}

/** Options of a window. */
export interface OverOptions {
  partitionBy?: ColumnElement | readonly ColumnElement[]
  orderBy?: ColumnElement | readonly ColumnElement[]
  /** Frame in rows: offsets from the current row, null for unbounded. */
  rows?: FrameBounds
  range?: FrameBounds
}

function isScalarQuery(value: unknown): value is ScalarQuery {
  return typeof value === 'object' && value !== null && 'statementKind' in value
}

/**
 * The node of a value beside an expression of `type`: columns stay columns, `null` is SQL NULL, anything
 * else becomes a bound parameter of the expression's type.
 */
export function toNode(value: unknown, type: TypeEngine = nullType): ExpressionNode {
  if (value instanceof ColumnElement) return value.node
  if (isScalarQuery(value)) return { kind: 'scalar', query: value }
  if (value === null || value === undefined) return nullNode
  return { kind: 'bind', value, type: bindType(value, type), key: null }
}

/** A column's own type unless the value is plainly of another family. */
function bindType(value: unknown, type: TypeEngine): TypeEngine {
  if (type === nullType) return inferType(value)
  if (type.affinity === 'number' && typeof value === 'string' && type.name !== 'Numeric')
    return inferType(value)
  return type
}

function many(value: ColumnElement | readonly ColumnElement[] | undefined): ExpressionNode[] {
  if (value === undefined) return []
  return (value instanceof ColumnElement ? [value] : value).map((item) => item.node)
}

/** A SQL expression with a value of type `V`: column, function, bound value, condition. Immutable. */
export class ColumnElement<V = unknown> {
  declare readonly '~value': V
  readonly node: ExpressionNode
  readonly type: TypeEngine

  constructor(node: ExpressionNode, type: TypeEngine) {
    this.node = node
    this.type = type
  }

  /** Name under which a row gives the value, or null when it has none of its own. */
  get key(): string | null {
    const { node } = this
    if (node.kind === 'column' || node.kind === 'label' || node.kind === 'function') return node.name
    return null
  }

  #compare(op: string, other: unknown): Condition {
    return new ColumnElement(
      { kind: 'binary', op, left: this.node, right: toNode(other, this.type) },
      booleanType,
    )
  }

  #compute<R = V>(op: string, other: unknown, type: TypeEngine = this.type): ColumnElement<R> {
    return new ColumnElement<R>(
      { kind: 'binary', op, left: this.node, right: toNode(other, this.type) },
      type,
    )
  }

  /** Equal; `eq(null)` is IS NULL. */
  eq(other: Operand<V>): Condition {
    const right = toNode(other, this.type)
    const op = right.kind === 'null' || right.kind === 'constant' ? 'IS' : '='
    return new ColumnElement({ kind: 'binary', op, left: this.node, right }, booleanType)
  }

  /** Not equal; `ne(null)` is IS NOT NULL. */
  ne(other: Operand<V>): Condition {
    const right = toNode(other, this.type)
    const op = right.kind === 'null' || right.kind === 'constant' ? 'IS NOT' : '!='
    return new ColumnElement({ kind: 'binary', op, left: this.node, right }, booleanType)
  }

  lt(other: Operand<V>): Condition {
    return this.#compare('<', other)
  }

  le(other: Operand<V>): Condition {
    return this.#compare('<=', other)
  }

  gt(other: Operand<V>): Condition {
    return this.#compare('>', other)
  }

  ge(other: Operand<V>): Condition {
    return this.#compare('>=', other)
  }

  /** IS, for NULL, TRUE and FALSE. */
  is(other: Operand<V> | null): Condition {
    return this.#compare('IS', typeof other === 'boolean' ? constant(other) : other)
  }

  /** IS NOT, for NULL, TRUE and FALSE. */
  isNot(other: Operand<V> | null): Condition {
    return this.#compare('IS NOT', typeof other === 'boolean' ? constant(other) : other)
  }

  isNull(): Condition {
    return this.#compare('IS', null)
  }

  isNotNull(): Condition {
    return this.#compare('IS NOT', null)
  }

  /** Different, where NULL equals NULL. */
  isDistinctFrom(other: Operand<V> | null): Condition {
    return this.#compare('IS DISTINCT FROM', other)
  }

  isNotDistinctFrom(other: Operand<V> | null): Condition {
    return this.#compare('IS NOT DISTINCT FROM', other)
  }

  #membership(op: string, values: readonly unknown[] | QueryElement): Condition {
    if (!Array.isArray(values)) {
      const query = values as QueryElement
      return new ColumnElement(
        { kind: 'binary', op, left: this.node, right: { kind: 'scalar', query } },
        booleanType,
      )
    }
    if (values.some((value) => value instanceof ColumnElement)) {
      const items = values.map((value) => toNode(value, this.type))
      return new ColumnElement(
        { kind: 'binary', op, left: this.node, right: { kind: 'tuple', items } },
        booleanType,
      )
    }
    const right: ExpressionNode = { kind: 'inlist', values, type: this.type }
    return new ColumnElement({ kind: 'binary', op, left: this.node, right }, booleanType)
  }

  /** One of a list of values, or of the rows of a SELECT; an empty list matches nothing. */
  in(values: readonly (NonNullable<V> | ColumnElement | null)[] | QueryElement): Condition {
    return this.#membership('IN', values)
  }

  /** None of a list of values or of the rows of a SELECT. */
  notIn(values: readonly (NonNullable<V> | ColumnElement | null)[] | QueryElement): Condition {
    return this.#membership('NOT IN', values)
  }

  #pattern(op: string, pattern: unknown, escape?: string): Condition {
    const right = toNode(pattern, stringType)
    return new ColumnElement({ kind: 'binary', op, left: this.node, right, escape }, booleanType)
  }

  /** LIKE, with `%` and `_` as wildcards. */
  like(pattern: string | ColumnElement, options: PatternOptions = {}): Condition {
    return this.#pattern('LIKE', pattern, options.escape)
  }

  notLike(pattern: string | ColumnElement, options: PatternOptions = {}): Condition {
    return this.#pattern('NOT LIKE', pattern, options.escape)
  }

  /** LIKE without regard to case. */
  ilike(pattern: string | ColumnElement, options: PatternOptions = {}): Condition {
    return this.#pattern('ILIKE', pattern, options.escape)
  }

  notIlike(pattern: string | ColumnElement, options: PatternOptions = {}): Condition {
    return this.#pattern('NOT ILIKE', pattern, options.escape)
  }

  #affix(
    op: string,
    before: string,
    after: string,
    value: string | ColumnElement,
    options: PatternOptions,
  ): Condition {
    if (value instanceof ColumnElement) {
      let pattern: ColumnElement = value
      if (before) pattern = new ColumnElement<unknown>(toNode(before, stringType), stringType).concat(pattern)
      if (after) pattern = pattern.concat(after)
      return this.#pattern(op, pattern, options.escape)
    }
    const mark = options.escape ?? (options.autoescape ? '/' : undefined)
    const text = options.autoescape && mark ? escapePattern(value, mark) : value
    return this.#pattern(op, `${before}${text}${after}`, mark)
  }

  /** LIKE `%value%`; `autoescape` takes wildcards in the value literally. */
  contains(value: string | ColumnElement, options: PatternOptions = {}): Condition {
    return this.#affix('LIKE', '%', '%', value, options)
  }

  startsWith(value: string | ColumnElement, options: PatternOptions = {}): Condition {
    return this.#affix('LIKE', '', '%', value, options)
  }

  endsWith(value: string | ColumnElement, options: PatternOptions = {}): Condition {
    return this.#affix('LIKE', '%', '', value, options)
  }

  icontains(value: string | ColumnElement, options: PatternOptions = {}): Condition {
    return this.#affix('ILIKE', '%', '%', value, options)
  }

  istartsWith(value: string | ColumnElement, options: PatternOptions = {}): Condition {
    return this.#affix('ILIKE', '', '%', value, options)
  }

  iendsWith(value: string | ColumnElement, options: PatternOptions = {}): Condition {
    return this.#affix('ILIKE', '%', '', value, options)
  }

  /** Matches a regular expression in the database's own syntax. */
  regexpMatch(pattern: string | ColumnElement): Condition {
    const node: ExpressionNode = {
      kind: 'match',
      operand: this.node,
      pattern: toNode(pattern, stringType),
      negated: false,
    }
    return new ColumnElement(node, booleanType)
  }

  between(low: Operand<V>, high: Operand<V>): Condition {
    return this.#between(low, high, false)
  }

  notBetween(low: Operand<V>, high: Operand<V>): Condition {
    return this.#between(low, high, true)
  }

  #between(low: unknown, high: unknown, negated: boolean): Condition {
    const bounds = { low: toNode(low, this.type), high: toNode(high, this.type) }
    return new ColumnElement({ kind: 'between', operand: this.node, ...bounds, negated }, booleanType)
  }

  /** Addition; joins text. */
  add(other: Operand<V>): ColumnElement<V> {
    return this.#compute(this.type.affinity === 'text' ? '||' : '+', other)
  }

  sub(other: Operand<V>): ColumnElement<V> {
    return this.#compute('-', other)
  }

  mul(other: Operand<V> | number): ColumnElement<V> {
    return this.#compute('*', other)
  }

  div(other: Operand<V> | number): ColumnElement<V> {
    return this.#compute('/', other)
  }

  mod(other: Operand<V> | number): ColumnElement<V> {
    return this.#compute('%', other)
  }

  /** Negative value. */
  neg(): ColumnElement<V> {
    return new ColumnElement<V>({ kind: 'unary', op: '-', operand: this.node }, this.type)
  }

  /** Joins text. */
  concat(other: Operand<V> | string): ColumnElement<V> {
    return this.#compute('||', other, this.type.affinity === 'text' ? this.type : stringType)
  }

  /** Any other operator, as text; the operator comes from the program, never from input. */
  op<R = unknown>(operator: string): (other: unknown) => ColumnElement<R> {
    return (other) => this.#compute<R>(operator, other)
  }

  /** Any other operator that gives a condition. */
  boolOp(operator: string): (other: unknown) => Condition {
    return (other) => this.#compare(operator, other)
  }

  and(...others: Condition[]): Condition {
    return conjunction('and', [this as unknown as Condition, ...others])
  }

  or(...others: Condition[]): Condition {
    return conjunction('or', [this as unknown as Condition, ...others])
  }

  not(): Condition {
    return negate(this as unknown as Condition)
  }

  asc(): ColumnElement<V> {
    return new ColumnElement<V>({ kind: 'unary', op: 'ASC', operand: this.node, after: true }, this.type)
  }

  desc(): ColumnElement<V> {
    return new ColumnElement<V>({ kind: 'unary', op: 'DESC', operand: this.node, after: true }, this.type)
  }

  nullsFirst(): ColumnElement<V> {
    return new ColumnElement<V>(
      { kind: 'unary', op: 'NULLS FIRST', operand: this.node, after: true },
      this.type,
    )
  }

  nullsLast(): ColumnElement<V> {
    return new ColumnElement<V>(
      { kind: 'unary', op: 'NULLS LAST', operand: this.node, after: true },
      this.type,
    )
  }

  /** DISTINCT inside an aggregate function. */
  distinct(): ColumnElement<V> {
    if (this.node.kind === 'function')
      return new ColumnElement<V>({ ...this.node, distinct: true }, this.type)
    return new ColumnElement<V>({ kind: 'unary', op: 'DISTINCT', operand: this.node }, this.type)
  }

  /** Gives the expression a name in the result. */
  label(name: string): ColumnElement<V> {
    const element = this.node.kind === 'label' ? this.node.element : this.node
    return new ColumnElement<V>({ kind: 'label', element, name }, this.type)
  }

  cast<T>(type: TypeLike<T>): ColumnElement<T> {
    const target = toType(type)
    return new ColumnElement<T>({ kind: 'cast', operand: this.node, type: target }, target)
  }

  /** Reads and binds as another type without a CAST in SQL. */
  typeCoerce<T>(type: TypeLike<T>): ColumnElement<T> {
    return new ColumnElement<T>(this.node, toType(type))
  }

  collate(collation: string): ColumnElement<V> {
    return new ColumnElement<V>({ kind: 'collate', operand: this.node, collation }, this.type)
  }

  /** Turns a function into a window function. */
  over(options: OverOptions = {}): ColumnElement<V> {
    const { rows, range } = options
    const lists = { partitionBy: many(options.partitionBy), orderBy: many(options.orderBy) }
    return new ColumnElement<V>({ kind: 'over', element: this.node, ...lists, rows, range }, this.type)
  }

  /** FILTER (WHERE ...) of an aggregate function. */
  filter(...conditions: Condition[]): ColumnElement<V> {
    if (this.node.kind !== 'function')
      throw new ArgumentError('filter() needs an aggregate function, such as func.count()')
    return new ColumnElement<V>({ ...this.node, filter: conjunction('and', conditions).node }, this.type)
  }

  /** A member of a JSON value by keys and indexes (`column['key']` in Python). */
  get(...path: (string | number)[]): ColumnElement<unknown> {
    if (this.node.kind === 'json') {
      return new ColumnElement({ ...this.node, path: [...this.node.path, ...path] }, this.type)
    }
    return new ColumnElement({ kind: 'json', operand: this.node, path, as: 'json' }, this.type)
  }

  #jsonAs<T>(as: 'text' | 'integer' | 'float' | 'boolean', type: TypeEngine): ColumnElement<T> {
    if (this.node.kind !== 'json')
      throw new ArgumentError(`as${as} needs a JSON member: write column.get('key') first`)
    return new ColumnElement<T>({ ...this.node, as }, type)
  }

  /** The JSON member as text. */
  asString(): ColumnElement<string | null> {
    return this.#jsonAs('text', stringType)
  }

  asInteger(): ColumnElement<number | null> {
    return this.#jsonAs('integer', integerType)
  }

  asFloat(): ColumnElement<number | null> {
    return this.#jsonAs('float', nullType)
  }

  asBoolean(): ColumnElement<boolean | null> {
    return this.#jsonAs('boolean', booleanType)
  }
}

function escapePattern(value: string, mark: string): string {
  return value
    .replaceAll(mark, mark + mark)
    .replaceAll('%', `${mark}%`)
    .replaceAll('_', `${mark}_`)
}

/** A bound value as an expression of its own. */
export function literal<V>(value: V, type?: TypeLike<V>): ColumnElement<V> {
  const known = type ? toType(type) : inferType(value)
  return new ColumnElement<V>(toNode(value, known), known)
}

/** TRUE or FALSE as the database writes it. */
export function constant(value: boolean): Condition {
  return new ColumnElement({ kind: 'constant', value }, booleanType)
}

/** Conditions joined by AND or OR; undefined ones are left out. */
export function conjunction(op: 'and' | 'or', conditions: readonly (Condition | undefined)[]): Condition {
  const items: ExpressionNode[] = []
  for (const condition of conditions) {
    if (condition === undefined) continue
    const node = toNode(condition)
    if (node.kind === 'boolean' && node.op === op) items.push(...node.items)
    else items.push(node)
  }
  if (items.length === 1) return new ColumnElement(items[0] as ExpressionNode, booleanType)
  if (items.length === 0) return constant(op === 'and')
  return new ColumnElement({ kind: 'boolean', op, items }, booleanType)
}

const opposite: Record<string, string> = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
  IS: 'IS NOT',
  'IS NOT': 'IS',
  IN: 'NOT IN',
  'NOT IN': 'IN',
  LIKE: 'NOT LIKE',
  'NOT LIKE': 'LIKE',
  ILIKE: 'NOT ILIKE',
  'NOT ILIKE': 'ILIKE',
  'IS DISTINCT FROM': 'IS NOT DISTINCT FROM',
  'IS NOT DISTINCT FROM': 'IS DISTINCT FROM',
}

/** The opposite of a condition, by turning its operator where there is an opposite one. */
export function negate(condition: Condition): Condition {
  const node = toNode(condition)
  if (node.kind === 'binary' && opposite[node.op]) {
    return new ColumnElement({ ...node, op: opposite[node.op] as string }, booleanType)
  }
  if (node.kind === 'between') return new ColumnElement({ ...node, negated: !node.negated }, booleanType)
  if (node.kind === 'match') return new ColumnElement({ ...node, negated: !node.negated }, booleanType)
  if (node.kind === 'constant') return constant(!node.value)
  if (node.kind === 'unary' && node.op === 'NOT') return new ColumnElement(node.operand, booleanType)
  return new ColumnElement({ kind: 'unary', op: 'NOT', operand: node }, booleanType)
}
