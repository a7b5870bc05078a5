import { adapt } from '../expression/adapt.ts'
import { ColumnElement, type Condition, conjunction } from '../expression/column-element.ts'
import type { JoinStep } from '../expression/entity.ts'
import { Alias, type FromClause, Subquery, underlying } from '../expression/from-clause.ts'
import type { Relation } from './mapper.ts'

/** A mapped column as a FROM element gives it: itself, or its likeness in an alias. */
export function columnIn(from: FromClause, column: ColumnElement): ColumnElement {
  if (!(from instanceof Alias || from instanceof Subquery)) return column
  for (const candidate of from.columns.values()) if (underlying(candidate) === column) return candidate
  return column
}

/** An expression over mapped columns, as FROM elements give them. */
export function adaptTo<V>(element: ColumnElement<V>, froms: readonly FromClause[]): ColumnElement<V> {
  return adapt(element, (node) => {
    for (const from of froms) {
      if (!(from instanceof Alias || from instanceof Subquery)) continue
      for (const candidate of from.columns.values()) {
        const base = underlying(candidate).node
        if (base === node) return candidate.node
        if (base.kind === 'column' && base.from === node.from && base.name === node.name)
          return candidate.node
      }
    }
    return null
  })
}

function equalities(pairs: readonly (readonly [ColumnElement, ColumnElement])[]): Condition[] {
  return pairs.map(([left, right]) => left.eq(right))
}

/**
 * The joins from one side of a relationship to the other.
 * @param left where the parent's rows come from
 * @param right where the target's rows come from
 * @param secondary where the association table's rows come from, for many-to-many
 */
export function joinSteps(
  relation: Relation,
  left: FromClause,
  right: FromClause,
  secondary?: FromClause,
): JoinStep[] {
  const extra = relation.extra ? [adaptTo(relation.extra, [left, right])] : []
  if (relation.secondary) {
    const middle = secondary ?? relation.secondary
    const near = relation.parentPairs.map(
      (pair) => [columnIn(left, pair.property.column), columnIn(middle, pair.secondary)] as const,
    )
    const far = relation.targetPairs.map(
      (pair) => [columnIn(right, pair.property.column), columnIn(middle, pair.secondary)] as const,
    )
    return [
      { left, right: middle, on: conjunction('and', equalities(near)) },
      { left: middle, right, on: conjunction('and', [...equalities(far), ...extra]) },
    ]
  }
  const pairs = relation.pairs.map(
    (pair) =>
      [
        columnIn(left, localColumn(relation, pair.local)),
        columnIn(right, remoteColumn(relation, pair.remote)),
      ] as const,
  )
  return [{ left, right, on: conjunction('and', [...equalities(pairs), ...extra]) }]
}

function localColumn(
  relation: Relation,
  property: { readonly columns: readonly ColumnElement[] },
): ColumnElement {
  const own = property.columns.find(
    (column) => column.node.kind === 'column' && column.node.from === relation.parent.table,
  )
  return own ?? (property.columns[0] as ColumnElement)
}

function remoteColumn(
  relation: Relation,
  property: { readonly columns: readonly ColumnElement[] },
): ColumnElement {
  const own = property.columns.find(
    (column) => column.node.kind === 'column' && column.node.from === relation.target.table,
  )
  return own ?? (property.columns[0] as ColumnElement)
}

/** Order of a collection as its relationship says, over columns of `from`. */
export function relationOrder(relation: Relation, from: FromClause): ColumnElement[] {
  const given = relation.options.orderBy
  if (given === undefined) return []
  const value = typeof given === 'function' ? given() : given
  const items = Array.isArray(value) ? value : [value]
  return items.map((item: string | ColumnElement) => {
    const element = item instanceof ColumnElement ? item : namedColumn(relation, String(item))
    return adaptTo(element, [from])
  })
}

/** An attribute by name, as `id`, `Post.id` or `post.id`, with `desc()` where it is so written. */
function namedColumn(relation: Relation, text: string): ColumnElement {
  const found = /^(?:\w+\.)?(\w+)(?:\.(desc|asc)\(\)|\s+(desc|asc))?$/i.exec(text.trim())
  const name = found?.[1] ?? text
  const column = relation.target.columnProperty(name)?.column ?? relation.target.table.columnByName(name)
  if (!column)
    throw new TypeError(`orderBy of ${relation}: '${text}' is no attribute of ${relation.target.className}`)
  const word = (found?.[2] ?? found?.[3] ?? 'asc').toLowerCase()
  return word === 'desc' ? column.desc() : column
}
