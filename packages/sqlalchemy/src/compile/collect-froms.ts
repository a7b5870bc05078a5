import type { ExpressionNode, FromElement } from '../expression/node.ts'

function children(node: ExpressionNode): readonly (ExpressionNode | null | undefined)[] {
  switch (node.kind) {
    case 'binary':
      return [node.left, node.right]
    case 'unary':
    case 'cast':
    case 'collate':
    case 'extract':
    case 'json':
      return [node.operand]
    case 'boolean':
    case 'tuple':
      return node.items
    case 'between':
      return [node.operand, node.low, node.high]
    case 'function':
      return [...node.args, node.filter, ...(node.orderBy ?? [])]
    case 'over':
      return [node.element, ...node.partitionBy, ...node.orderBy]
    case 'case':
      return [...node.whens.flat(), node.otherwise, node.value]
    case 'label':
      return [node.element]
    case 'match':
      return [node.operand, node.pattern]
    default:
      return []
  }
}

/** Collects the FROM elements whose columns an expression reads; nested queries keep theirs to themselves. */
export function collectFroms(node: ExpressionNode, found: Set<FromElement>): void {
  if (node.kind === 'column' || node.kind === 'star') {
    if (node.from) found.add(node.from)
    return
  }
  for (const child of children(node)) if (child) collectFroms(child, found)
}
