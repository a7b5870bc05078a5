import { ColumnElement, type Condition, conjunction } from '../expression/column-element.ts'
import type { ExpressionNode } from '../expression/node.ts'
import type { Mapper } from './mapper.ts'

/** True for a column and its attributes alike. */
export function sameColumn(left: ColumnElement, right: ColumnElement): boolean {
  if (left === right || left.node === right.node) return true
  if (left.node.kind !== 'column' || right.node.kind !== 'column') return false
  return left.node.from === right.node.from && left.node.name === right.node.name
}

interface Equation {
  readonly left: ColumnElement
  readonly right: ColumnElement
}

/** Takes a given join condition apart: equations of columns, and the rest. */
export function analyse(condition: Condition): { equations: Equation[]; rest: Condition | null } {
  const nodes: readonly ExpressionNode[] =
    condition.node.kind === 'boolean' && condition.node.op === 'and' ? condition.node.items : [condition.node]
  const equations: Equation[] = []
  const rest: Condition[] = []
  for (const node of nodes) {
    if (
      node.kind === 'binary' &&
      node.op === '=' &&
      node.left.kind === 'column' &&
      node.right.kind === 'column'
    ) {
      equations.push({
        left: new ColumnElement(node.left, condition.type),
        right: new ColumnElement(node.right, condition.type),
      })
    } else rest.push(new ColumnElement(node, condition.type))
  }
  return { equations, rest: rest.length ? conjunction('and', rest) : null }
}

/** The property of a mapper that a column belongs to. */
export function propertyFor(mapper: Mapper, column: ColumnElement) {
  return mapper.columns.find((property) => property.columns.some((own) => sameColumn(own, column)))
}
