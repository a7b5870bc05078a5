import type { Node } from './nodes.ts'
import { eachChild } from './walk.ts'

function storedHere(node: Node): readonly string[] {
  switch (node.type) {
    case 'Name':
      return node.ctx === 'load' ? [] : [node.name]
    case 'Macro':
      return [node.name]
    case 'Import':
      return [node.target]
    case 'FromImport':
      return node.names.map(({ alias }) => alias)
    default:
      return []
  }
}

/** The names that the nodes from one on downwards give values, once for each place, parameters included. */
export function storedNames(node: Node): string[] {
  const names: string[] = []
  const visit = (child: Node): void => {
    names.push(...storedHere(child))
    eachChild(child, visit)
  }
  visit(node)
  return names
}
