import { ArgumentError, CompileError } from '../errors/base-errors.ts'
import { ColumnElement } from '../expression/column-element.ts'
import { ENTITY, isEntity } from '../expression/entity.ts'
import { FromClause } from '../expression/from-clause.ts'
import type { ExpressionNode, FromElement } from '../expression/node.ts'
import type { CompoundSelect } from '../statement/compound-select.ts'
import type { Select } from '../statement/select.ts'
import { itemEntity } from '../statement/select-item.ts'
import { integerType } from '../types/infer-type.ts'
import { collectFroms } from './collect-froms.ts'
import type { Compilation } from './compilation.ts'
import { operand, orderSql, typedOperand } from './operator-sql.ts'
import { resolveJoins } from './resolve-joins.ts'

/** Conditions of a SELECT: those given, and those that single-table inheritance brings. */
function conditionsOf(select: Select): ExpressionNode[] {
  const nodes = select.parts.where.map((condition) => condition.node)
  for (const item of select.parts.items) {
    const criterion = isEntity(item) ? item[ENTITY].criterion : null
    if (criterion) nodes.push(criterion.node)
  }
  return nodes
}

/** The elements that FROM names, those of enclosing statements left out. */
function fromList(
  compilation: Compilation,
  select: Select,
  conditions: readonly ExpressionNode[],
): FromClause[] {
  const { parts } = select
  const found = new Set<FromElement>(parts.froms)
  for (const item of parts.items) {
    const entity = itemEntity(item)
    if (entity) found.add(entity instanceof FromClause ? entity : entity.from)
    else if (item instanceof ColumnElement) collectFroms(item.node, found)
  }
  const inWhere = new Set<FromElement>()
  for (const condition of conditions) collectFroms(condition, inWhere)
  // Joins start from what is selected; what only WHERE names stands beside them.
  const joined = resolveJoins([...found] as FromClause[], parts.joins)
  for (const from of inWhere) {
    if (!joined.some((other) => other.covers(from))) joined.push(from as FromClause)
  }
  return uncorrelated(compilation, select, withoutCovered(joined))
}

function withoutCovered(froms: readonly FromClause[]): FromClause[] {
  return froms.filter((from) => !froms.some((other) => other !== from && other.covers(from)))
}

function uncorrelated(compilation: Compilation, select: Select, froms: FromClause[]): FromClause[] {
  const outer = compilation.enclosing.flat()
  if (outer.length === 0) return froms
  const { correlate } = select.parts
  const isOuter = (from: FromClause) =>
    outer.some((element) => element === from || (element as FromClause).covers?.(from)) &&
    (correlate === null || correlate.includes(from))
  const own = froms.filter((from) => !isOuter(from))
  return own.length ? own : froms
}

/** An ORDER BY or GROUP BY item given as text must be a column or label of the SELECT. */
function namedItem(compilation: Compilation, select: Select, name: string): string {
  for (const item of select.parts.items) {
    if (item instanceof ColumnElement && item.key === name) {
      return item.node.kind === 'label' ? compilation.quote(name) : compilation.node(item.node)
    }
  }
  for (const item of select.parts.items) {
    const entity = itemEntity(item)
    const column = entity instanceof FromClause ? entity.columns.get(name) : entity?.attribute(name)
    if (column) return compilation.node(column.node)
  }
  throw new CompileError(
    `Can't resolve label reference for ORDER BY / GROUP BY / DISTINCT etc. Textual SQL expression '${name}' should be explicitly declared as text('${name}')`,
  )
}

function limitValue(compilation: Compilation, value: number | ColumnElement): string {
  if (value instanceof ColumnElement) return compilation.node(value.node)
  // MySQL's prepared statements take every number as a double, which LIMIT refuses.
  if (compilation.traits.name === 'mysql') return String(value)
  return compilation.bind(value, integerType, null)
}

/** Writes LIMIT and OFFSET. */
function limitSql(
  compilation: Compilation,
  limit: number | ColumnElement | null,
  offset: number | ColumnElement | null,
): string {
  let sql = ''
  if (limit !== null) sql += ` LIMIT ${limitValue(compilation, limit)}`
  if (offset === null) return sql
  if (limit === null && compilation.traits.name === 'sqlite') sql += ' LIMIT -1'
  if (limit === null && compilation.traits.name === 'mysql') sql += ' LIMIT 18446744073709551615'
  return `${sql} OFFSET ${limitValue(compilation, offset)}`
}

function forUpdateSql(compilation: Compilation, select: Select): string {
  const lock = select.parts.forUpdate
  if (!lock || compilation.traits.name === 'sqlite') return ''
  compilation.pure = false
  const mysql = compilation.traits.name === 'mysql'
  let sql = lock.read ? (mysql ? ' LOCK IN SHARE MODE' : ' FOR SHARE') : ' FOR UPDATE'
  if (lock.of?.length && !mysql) {
    const names = lock.of.map((from) =>
      compilation.nameOf(from instanceof FromClause ? from : from[ENTITY].from),
    )
    sql += ` OF ${names.join(', ')}`
  }
  if (lock.nowait) sql += ' NOWAIT'
  if (lock.skipLocked) sql += ' SKIP LOCKED'
  return sql
}

function distinctSql(compilation: Compilation, select: Select): string {
  const { distinct } = select.parts
  if (distinct === false) return ''
  if (distinct === true) return 'DISTINCT '
  if (compilation.traits.name !== 'postgresql') return 'DISTINCT '
  return `DISTINCT ON (${distinct.map((column) => compilation.element(column)).join(', ')}) `
}

function resultSql(compilation: Compilation, name: string, column: ColumnElement): string {
  const { node } = column
  const sql = typedOperand(compilation, node)
  if (node.kind === 'column' && node.name === name) return sql
  if (node.kind === 'literal' || node.kind === 'star' || node.kind === 'text') return sql
  return `${sql} AS ${compilation.quote(name)}`
}

function selectList(
  compilation: Compilation,
  select: Select,
  columns: ReadonlyMap<string, ColumnElement>,
): string {
  if (columns.size === 0)
    throw new ArgumentError('A SELECT needs at least one column: select(User) or select(User.id)')
  const parts = [...columns].map(([name, column]) => resultSql(compilation, name, column))
  return `SELECT ${distinctSql(compilation, select)}${parts.join(', ')}`
}

/** Writes a SELECT. */
export function selectSql(compilation: Compilation, select: Select): string {
  const { parts } = select
  const conditions = conditionsOf(select)
  const columns = select.exportedColumns()
  const froms = fromList(compilation, select, conditions)
  const outerLabels = compilation.labels
  compilation.labels = new Set(
    [...columns].filter(([, column]) => column.node.kind === 'label').map(([name]) => name),
  )
  compilation.enclosing.push(froms)
  let sql = selectList(compilation, select, columns)
  if (froms.length) sql += ` FROM ${froms.map((from) => compilation.from(from)).join(', ')}`
  if (conditions.length) sql += ` WHERE ${conditionList(compilation, conditions)}`
  if (parts.groupBy.length)
    sql += ` GROUP BY ${parts.groupBy.map((item) => compilation.element(item)).join(', ')}`
  if (parts.having.length) {
    sql += ` HAVING ${conditionList(
      compilation,
      parts.having.map((condition) => condition.node),
    )}`
  }
  if (parts.orderBy.length) {
    const items = parts.orderBy.map((item) =>
      typeof item === 'string' ? namedItem(compilation, select, item) : orderSql(compilation, item.node),
    )
    sql += ` ORDER BY ${items.join(', ')}`
  }
  sql += limitSql(compilation, parts.limit, parts.offset) + forUpdateSql(compilation, select)
  compilation.enclosing.pop()
  compilation.labels = outerLabels
  return sql
}

/** Writes conditions joined by AND. */
export function conditionList(compilation: Compilation, conditions: readonly ExpressionNode[]): string {
  return conditions.map((node) => operand(compilation, node, conditions.length > 1 ? 3 : 0)).join(' AND ')
}

/** Writes a compound SELECT. */
export function compoundSql(compilation: Compilation, compound: CompoundSelect): string {
  const { parts } = compound
  const queries = parts.queries.map((query) => {
    const text = compilation.query(query)
    const own = (query as Select).parts as { limit?: unknown; orderBy?: readonly unknown[] } | undefined
    const bracketed = query.statementKind === 'compound' || own?.limit != null || own?.orderBy?.length
    if (!bracketed) return text
    return compilation.traits.name === 'sqlite' ? `SELECT * FROM (${text})` : `(${text})`
  })
  let sql = queries.join(` ${parts.operator} `)
  const columns = compound.exportedColumns()
  if (parts.orderBy.length) {
    const items = parts.orderBy.map((item) => compoundOrder(compilation, columns, item))
    sql += ` ORDER BY ${items.join(', ')}`
  }
  return sql + limitSql(compilation, parts.limit, parts.offset)
}

/** ORDER BY of a compound can only name result columns. */
function compoundOrder(
  compilation: Compilation,
  columns: ReadonlyMap<string, ColumnElement>,
  item: ColumnElement | string,
): string {
  if (typeof item === 'string') {
    if (!columns.has(item))
      throw new CompileError(`ORDER BY '${item}' is not a column of the compound SELECT`)
    return compilation.quote(item)
  }
  const { node } = item
  if (node.kind === 'unary' && node.after) {
    return `${compoundOrder(compilation, columns, new ColumnElement(node.operand, item.type))} ${node.op}`
  }
  for (const [name, column] of columns) {
    if (
      column.node === node ||
      (column.node.kind === 'column' && node.kind === 'column' && column.node.name === node.name)
    ) {
      return compilation.quote(name)
    }
  }
  return compilation.node(node)
}
