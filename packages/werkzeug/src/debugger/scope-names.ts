import { stripTypes } from './strip-types.ts'
import { childrenOf, parseModule, type TreeNode } from './syntax-tree.ts'

interface Place {
  readonly line: number
  readonly column: number
}

function holds(node: TreeNode, { line, column }: Place): boolean {
  const { start, end } = node.loc!
  if (line < start.line || line > end.line) return false
  if (column === 0) return true
  if (line === start.line && column - 1 < start.column) return false
  return line !== end.line || column - 1 <= end.column
}

/** The names that a pattern on the left of `=`, or a parameter, brings. */
function patternNames(pattern: TreeNode, into: Set<string>): void {
  switch (pattern.type) {
    case 'Identifier':
      into.add(pattern.name as string)
      break
    case 'AssignmentPattern':
      patternNames(pattern.left as TreeNode, into)
      break
    case 'RestElement':
      patternNames(pattern.argument as TreeNode, into)
      break
    case 'Property':
      patternNames(pattern.value as TreeNode, into)
      break
    default:
      for (const child of childrenOf(pattern)) patternNames(child, into)
  }
}

function declarationNames(node: TreeNode, into: Set<string>): void {
  if (node.type === 'VariableDeclaration') {
    for (const { id } of node.declarations as unknown as { id: TreeNode }[]) patternNames(id, into)
  } else if (/^(?:Function|Class)Declaration$/.test(node.type) && node.id) {
    patternNames(node.id as TreeNode, into)
  } else if (node.type === 'ExportNamedDeclaration' && node.declaration) {
    declarationNames(node.declaration as TreeNode, into)
  }
}

/** What one node adds to the names that are known inside of it. */
function ownNames(node: TreeNode): Set<string> {
  const names = new Set<string>()
  if (/Function/.test(node.type)) {
    for (const parameter of node.params as TreeNode[]) patternNames(parameter, names)
    const { body } = node.body as { body?: unknown }
    // Parameters come before the variables of the body, and both belong to the function.
    if (Array.isArray(body)) for (const child of body as TreeNode[]) declarationNames(child, names)
  }
  if (node.type === 'CatchClause' && node.param) patternNames(node.param as TreeNode, names)
  if (/^For/.test(node.type)) {
    for (const part of [node.init, node.left] as (TreeNode | undefined)[])
      if (part) declarationNames(part, names)
  }
  if (Array.isArray(node.body)) for (const child of node.body as TreeNode[]) declarationNames(child, names)
  if (node.type === 'SwitchCase')
    for (const child of node.consequent as TreeNode[]) declarationNames(child, names)
  return names
}

/** The names that can be seen at a place. */
export interface ScopeNames {
  /** Of the functions around the place, the nearest first. */
  readonly local: readonly string[]
  /** Of the top of the module. */
  readonly module: readonly string[]
}

function collect(node: TreeNode, place: Place, found: Set<string>[], isFunctionBody = false): void {
  if (!holds(node, place)) return
  const names = isFunctionBody ? new Set<string>() : ownNames(node)
  if (names.size > 0) found.unshift(names)
  const isFunction = /Function/.test(node.type)
  for (const child of childrenOf(node)) collect(child, place, found, isFunction && child === node.body)
}

/**
 * Reads which names can be seen at a place of a source.
 *
 * @param source - TypeScript or JavaScript.
 * @param line - From 1.
 * @param column - From 1; 0 if it is not known.
 */
export function scopeNames(source: string, line: number, column: number): ScopeNames {
  let tree: TreeNode
  try {
    tree = parseModule(stripTypes(source))
  } catch (error) {
    // A source that cannot be parsed has been edited since it ran.
    if (error instanceof SyntaxError) return { local: [], module: [] }
    throw error
  }
  const module = ownNames(tree)
  const found: Set<string>[] = []
  for (const child of childrenOf(tree)) collect(child, { line, column }, found)
  return { local: [...new Set(found.flatMap((names) => [...names]))], module: [...module] }
}
