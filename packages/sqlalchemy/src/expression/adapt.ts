import { ColumnElement } from './column-element.ts'
import type { ExpressionNode } from './node.ts'

/** Gives the node that takes a column's place, or null to keep it. */
export type ColumnReplacer = (node: Extract<ExpressionNode, { kind: 'column' }>) => ExpressionNode | null

function each(nodes: readonly ExpressionNode[], replace: ColumnReplacer): ExpressionNode[] {
  return nodes.map((node) => adaptNode(node, replace))
}

/** Copies an expression with other columns in the place of its own. */
function adaptNode(node: ExpressionNode, replace: ColumnReplacer): ExpressionNode {
  switch (node.kind) {
    case 'column':
      return replace(node) ?? node
    case 'binary':
      return { ...node, left: adaptNode(node.left, replace), right: adaptNode(node.right, replace) }
    case 'boolean':
    case 'tuple':
      return { ...node, items: each(node.items, replace) }
    case 'unary':
    case 'cast':
    case 'collate':
    case 'extract':
    case 'json':
      return { ...node, operand: adaptNode(node.operand, replace) }
    case 'between': {
      const [operand, low, high] = each([node.operand, node.low, node.high], replace) as [
        ExpressionNode,
        ExpressionNode,
        ExpressionNode,
      ]
      return { ...node, operand, low, high }
    }
    case 'function':
      return { ...node, args: each(node.args, replace) }
    case 'label':
      return { ...node, element: adaptNode(node.element, replace) }
    case 'case': {
      const whens = node.whens.map(
        ([when, then]) => [adaptNode(when, replace), adaptNode(then, replace)] as const,
      )
      return { ...node, whens, otherwise: node.otherwise && adaptNode(node.otherwise, replace) }
    }
    default:
      return node
  }
}

/** Copies an expression with other columns in the place of its own. */
export function adapt<V>(element: ColumnElement<V>, replace: ColumnReplacer): ColumnElement<V> {
  return new ColumnElement<V>(adaptNode(element.node, replace), element.type)
}
