import { type Node, parse } from 'acorn'

/** A node of a syntax tree; its children are whatever else it has. */
export type TreeNode = Node & Readonly<Record<string, unknown>>

function isNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
}

/**
 * Parses a JavaScript module, or the body of a function.
 *
 * @throws SyntaxError with `loc`, the place.
 */
export function parseModule(source: string): TreeNode {
  return parse(source, {
    ecmaVersion: 'latest',
    sourceType: 'module',
    locations: true,
    allowReturnOutsideFunction: true,
    allowHashBang: true,
    checkPrivateFields: false,
  }) as unknown as TreeNode
}

/** The nodes directly below a node, with the name of the member in which each stands. */
export function childrenOf(node: TreeNode): TreeNode[] {
  const children: TreeNode[] = []
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) children.push(...value.filter(isNode))
    else if (isNode(value)) children.push(value)
  }
  return children
}
