/** The queries and conditions of the scenarios as statements. */
import {
  and,
  type ColumnElement,
  type Condition,
  distinct,
  func,
  joinedload,
  not,
  or,
  select,
  selectinload,
} from '@flask-ts/sqlalchemy'
import { classes, type Dynamic } from './models.ts'

type Raw = string | readonly [name: string, argument: unknown]

/** A condition as a scenario writes it: `[column, operator, value]`, or a word such as `and` with others. */
export type RawCondition = readonly unknown[]

/** A query as a scenario writes it. */
export interface Query {
  readonly select: readonly Raw[]
  readonly from?: Raw
  readonly join?: readonly string[]
  readonly outerjoin?: readonly string[]
  readonly where?: readonly RawCondition[]
  readonly group_by?: readonly Raw[]
  readonly having?: readonly RawCondition[]
  readonly order_by?: readonly Raw[]
  readonly limit?: number
  readonly offset?: number
  readonly distinct?: boolean
  readonly load?: readonly (readonly ['joined' | 'selectin', string])[]
}

const operators: Readonly<Record<string, (column: Dynamic, value: Dynamic) => Condition>> = {
  '==': (a, b) => a.eq(b),
  '!=': (a, b) => a.ne(b),
  '<': (a, b) => a.lt(b),
  '<=': (a, b) => a.le(b),
  '>': (a, b) => a.gt(b),
  '>=': (a, b) => a.ge(b),
  in: (a, b) => a.in(b),
  'not in': (a, b) => a.notIn(b),
  like: (a, b) => a.like(b),
  ilike: (a, b) => a.ilike(b),
  'is null': (a) => a.is(null),
  'is not null': (a) => a.isNot(null),
  between: (a, [low, high]) => a.between(low, high),
  startswith: (a, b) => a.startsWith(b),
  endswith: (a, b) => a.endsWith(b),
  contains: (a, b) => a.contains(b),
}

function column(path: string): Dynamic {
  const [cls, name] = path.split('.') as [string, string]
  // A class has a `name` of its own, so columns are taken from `c`.
  return classes[cls].c[name] ?? classes[cls][name]
}

function item(raw: Raw): Dynamic {
  if (typeof raw === 'string') return raw.includes('.') ? column(raw) : classes[raw]
  const [name, argument] = raw as [string, Dynamic]
  if (name === 'desc') return item(argument).desc()
  if (name === 'distinct') return distinct(item(argument) as ColumnElement)
  if (name === 'count' && argument === '*') return func.count()
  if (name === 'add') return item(argument[0]).add(argument[1])
  if (name === 'concat') return item(argument[0]).concat(argument[1])
  return (func as Dynamic)[name](item(argument))
}

/** The condition that is written so. */
export function condition(raw: RawCondition): Condition {
  const [head, second, third] = raw as [Dynamic, Dynamic, Dynamic]
  switch (head) {
    case 'and':
      return and(...(raw.slice(1) as RawCondition[]).map(condition))
    case 'or':
      return or(...(raw.slice(1) as RawCondition[]).map(condition))
    case 'not':
      return not(condition(second))
    case 'any':
      return column(second).any(condition(third))
    case 'has':
      return column(second).has(condition(third))
  }
  return operators[second as string]!(item(head), third)
}

/** The SELECT of a query. */
export function statement(spec: Query): Dynamic {
  let made: Dynamic = select(...(spec.select.map(item) as [Dynamic]))
  if (spec.from !== undefined) made = made.selectFrom(item(spec.from))
  for (const path of spec.join ?? []) made = made.join(column(path))
  for (const path of spec.outerjoin ?? []) made = made.outerjoin(column(path))
  for (const raw of spec.where ?? []) made = made.where(condition(raw))
  if (spec.group_by !== undefined) made = made.groupBy(...spec.group_by.map(item))
  for (const raw of spec.having ?? []) made = made.having(condition(raw))
  if (spec.order_by !== undefined) made = made.orderBy(...spec.order_by.map(item))
  if (spec.limit !== undefined) made = made.limit(spec.limit)
  if (spec.offset !== undefined) made = made.offset(spec.offset)
  if (spec.distinct) made = made.distinct()
  for (const [kind, path] of spec.load ?? []) {
    made = made.options({ joined: joinedload, selectin: selectinload }[kind](column(path)))
  }
  return made
}
