import { ArgumentError } from '../errors/base-errors.ts'
import { booleanType, floatType, inferType, integerType, stringType } from '../types/infer-type.ts'
import { DateTimeType, DateType, TimeType } from '../types/temporal-types.ts'
import { nullType, type TypeEngine, type TypeLike, toType } from '../types/type-engine.ts'
import { ColumnElement, type Condition, conjunction, constant, negate, toNode } from './column-element.ts'
import { FunctionFrom } from './from-clause.ts'
import { type ExpressionNode, nullNode, type QueryElement } from './node.ts'

/** All conditions hold; undefined ones are left out. */
export function and(...conditions: (Condition | undefined)[]): Condition {
  return conjunction('and', conditions)
}

/** At least one condition holds; undefined ones are left out. */
export function or(...conditions: (Condition | undefined)[]): Condition {
  return conjunction('or', conditions)
}

/** The opposite of a condition. */
export function not(condition: Condition): Condition {
  return negate(condition)
}

/** SQL NULL. */
export function null_(): ColumnElement<null> {
  return new ColumnElement<null>(nullNode, nullType)
}

/** SQL TRUE. */
export function true_(): Condition {
  return constant(true)
}

/** SQL FALSE. */
export function false_(): Condition {
  return constant(false)
}

/** A call of a SQL function, which is an expression and can stand in FROM. */
export class FunctionElement<V = unknown> extends ColumnElement<V> {
  /** The function as a FROM element with the named columns. */
  tableValued(...columns: string[]): FunctionFrom {
    return new FunctionFrom(this, this.key ?? 'anon', columns)
  }
}

const dateTimeType = new DateTimeType(false)
const dateType = new DateType()
const timeType = new TimeType()

const returnTypes: Record<string, TypeEngine> = {
  count: integerType,
  length: integerType,
  char_length: integerType,
  row_number: integerType,
  rank: integerType,
  dense_rank: integerType,
  ntile: integerType,
  now: dateTimeType,
  current_timestamp: dateTimeType,
  localtimestamp: dateTimeType,
  current_date: dateType,
  current_time: timeType,
  avg: floatType,
  random: nullType,
  lower: stringType,
  upper: stringType,
  trim: stringType,
  ltrim: stringType,
  rtrim: stringType,
  concat: stringType,
  replace: stringType,
  substr: stringType,
  group_concat: stringType,
  string_agg: stringType,
  strftime: stringType,
}

const firstArgument = new Set([
  'max',
  'min',
  'sum',
  'coalesce',
  'ifnull',
  'nullif',
  'abs',
  'round',
  'lag',
  'lead',
  'first_value',
  'last_value',
  'greatest',
  'least',
])

function functionType(name: string, args: readonly unknown[]): TypeEngine {
  const known = returnTypes[name]
  if (known) return known
  if (!firstArgument.has(name)) return nullType
  const typed = args.find((arg) => arg instanceof ColumnElement && arg.type !== nullType)
  return typed instanceof ColumnElement ? typed.type : inferType(args[0])
}

type NumberOrNull = number | null

/** Declared as a method so that the known functions below, with narrower parameters, fit it. */
type AnyFunction = { call(...args: unknown[]): FunctionElement<unknown> }['call']

/** Functions whose result type is known, and any other by its name. */
export interface FunctionNamespace {
  count(expression?: ColumnElement | number): FunctionElement<number>
  sum<V>(expression: ColumnElement<V>): FunctionElement<V | null>
  max<V>(expression: ColumnElement<V>): FunctionElement<V | null>
  min<V>(expression: ColumnElement<V>): FunctionElement<V | null>
  avg(expression: ColumnElement): FunctionElement<NumberOrNull>
  coalesce<V>(first: ColumnElement<V>, ...others: unknown[]): FunctionElement<NonNullable<V>>
  lower(expression: unknown): FunctionElement<string>
  upper(expression: unknown): FunctionElement<string>
  length(expression: unknown): FunctionElement<number>
  now(): FunctionElement<Date>
  rowNumber(): FunctionElement<number>
  rank(): FunctionElement<number>
  [name: string]: AnyFunction
}

/** A call of a SQL function by name; camelCase becomes snake_case. */
export function call<V = unknown>(name: string, ...args: unknown[]): FunctionElement<V> {
  if (!/^[A-Za-z_][\w.]*$/.test(name)) throw new ArgumentError(`'${name}' is not the name of a SQL function`)
  const sqlName = name.replace(/(?<=[a-z0-9])([A-Z])/g, (letter) => `_${letter.toLowerCase()}`)
  const starred = sqlName === 'count' && args.length === 0
  const nodes: ExpressionNode[] = starred ? [{ kind: 'star', from: null }] : args.map((arg) => toNode(arg))
  return new FunctionElement<V>({ kind: 'function', name: sqlName, args: nodes }, functionType(sqlName, args))
}

/** SQL functions by name: `func.count(User.id)`, `func.anyOther(1, 2)`. */
export const func: FunctionNamespace = new Proxy(Object.create(null) as FunctionNamespace, {
  get: (_, name) => (typeof name === 'string' ? (...args: unknown[]) => call(name, ...args) : undefined),
})

/** CAST to a type. */
export function cast<V>(expression: unknown, type: TypeLike<V>): ColumnElement<V> {
  const target = toType(type)
  return new ColumnElement<V>({ kind: 'cast', operand: toNode(expression, target), type: target }, target)
}

/** Reads and binds as another type without a CAST in SQL. */
export function typeCoerce<V>(expression: unknown, type: TypeLike<V>): ColumnElement<V> {
  const target = toType(type)
  return new ColumnElement<V>(toNode(expression, target), target)
}

/** EXTRACT of a field such as `year` from a date. */
export function extract(field: string, expression: ColumnElement): ColumnElement<number> {
  if (!/^[a-z_]+$/i.test(field)) throw new ArgumentError(`'${field}' is not a field that EXTRACT knows`)
  return new ColumnElement<number>(
    { kind: 'extract', field: field.toLowerCase(), operand: expression.node },
    integerType,
  )
}

/** CASE: pairs of condition and result, then the result when none holds. */
export function case_<V>(
  whens: readonly (readonly [Condition | unknown, V | ColumnElement<V>])[],
  options: { else?: V | ColumnElement<V> | null; value?: ColumnElement } = {},
): ColumnElement<V> {
  if (whens.length === 0) throw new ArgumentError('case_() needs at least one [condition, result] pair')
  const typed = [...whens.map(([, result]) => result), options.else].find(
    (item) => item instanceof ColumnElement,
  )
  const type = typed instanceof ColumnElement ? typed.type : inferType(whens[0]?.[1])
  const pairs = whens.map(
    ([when, result]) => [toNode(when, options.value?.type), toNode(result, type)] as const,
  )
  const otherwise = options.else === undefined ? null : toNode(options.else, type)
  return new ColumnElement<V>(
    { kind: 'case', whens: pairs, otherwise, value: options.value?.node ?? null },
    type,
  )
}

/** A row value, as in `(a, b) IN (...)`. */
export function tuple_(...items: ColumnElement[]): ColumnElement<readonly unknown[]> {
  return new ColumnElement<readonly unknown[]>(
    { kind: 'tuple', items: items.map((item) => item.node) },
    nullType,
  )
}

/** SQL text in the place of a column, unchecked: never from input. */
export function literalColumn<V = unknown>(text: string, type?: TypeLike<V>): ColumnElement<V> {
  return new ColumnElement<V>({ kind: 'literal', text }, type ? toType(type) : nullType)
}

/** A named parameter that gets its value when the statement is executed, or `value`. */
export function bindparam<V = unknown>(key: string, value?: V, type?: TypeLike<V>): ColumnElement<V> {
  const known = type ? toType(type) : value === undefined ? nullType : inferType(value)
  return new ColumnElement<V>({ kind: 'bind', value, type: known, key }, known)
}

/** EXISTS of a SELECT. */
export function exists(query: QueryElement): Condition {
  return new ColumnElement({ kind: 'exists', query }, booleanType)
}

/** Ascending order. */
export function asc<V>(expression: ColumnElement<V>): ColumnElement<V> {
  return expression.asc()
}

/** Descending order. */
export function desc<V>(expression: ColumnElement<V>): ColumnElement<V> {
  return expression.desc()
}

/** DISTINCT of an expression. */
export function distinct<V>(expression: ColumnElement<V>): ColumnElement<V> {
  return expression.distinct()
}
