import { type Node, parse } from 'acorn'
import MagicString from 'magic-string'
import { stripTypes } from './strip-types.ts'
import { childrenOf, type TreeNode } from './syntax-tree.ts'

/** What was typed, made ready to be evaluated. */
export interface ConsoleSource {
  readonly code: string
  readonly isAsync: boolean
}

/** The names that a console offers where the frame does not have them. */
export const CONSOLE_HELPERS = ['_', '$error', 'dump'] as const

const KEEP_SCOPE = '__h.scope = (__s, __h) => eval(__s);'

function parseScript(source: string): TreeNode {
  const options = {
    ecmaVersion: 'latest',
    allowAwaitOutsideFunction: true,
    checkPrivateFields: false,
  } as const
  return parse(source, { ...options, allowSuperOutsideMethod: true }) as unknown as TreeNode
}

/** As an expression first, so that `{ a: 1 }` is an object and no block. */
function parseTyped(typed: string): { readonly source: string; readonly tree: TreeNode } {
  const isDeclaration = /^\s*(?:async\s+)?(?:class|function)\b/.test(typed)
  const attempts = [...(isDeclaration ? [] : [`(${typed}\n)`]), typed, stripTypes(typed)]
  let first: unknown
  for (const source of attempts) {
    try {
      return { source, tree: parseScript(source) }
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      // What was typed is wrong in itself, not in the parentheses around it.
      if (source === typed) first = error
    }
  }
  throw new SyntaxError((first as SyntaxError).message)
}

function patternNames(pattern: TreeNode): string[] {
  if (pattern.type === 'Identifier') return [pattern.name as string]
  if (pattern.type === 'Property') return patternNames(pattern.value as TreeNode)
  if (pattern.type === 'AssignmentPattern') return patternNames(pattern.left as TreeNode)
  return childrenOf(pattern).flatMap(patternNames)
}

/** Turns declarations into assignments to names that are declared outside, where the next input finds them. */
function hoist(statement: TreeNode, text: MagicString): string[] {
  if (statement.type === 'VariableDeclaration') {
    const declarations = statement.declarations as unknown as {
      id: TreeNode
      init: TreeNode | null
      start: number
      end: number
    }[]
    text.overwrite(statement.start, declarations[0]!.start, ';')
    for (const { init, start, end } of declarations) {
      text.appendLeft(start, '(')
      text.appendRight(end, init === null ? ' = undefined)' : ')')
    }
    return declarations.flatMap(({ id }) => patternNames(id))
  }
  if (!/^(?:Function|Class)Declaration$/.test(statement.type)) return []
  const { name } = statement.id as unknown as { name: string }
  text.appendLeft(statement.start, `;${name} = `)
  text.appendRight(statement.end, ';')
  return [name]
}

function hasAwait(node: TreeNode): boolean {
  if (node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await === true)) return true
  return childrenOf(node).some((child) => !/Function|Class/.test(child.type) && hasAwait(child))
}

/** `import()` is not to be had in code that is evaluated. */
function replaceImports(node: TreeNode, text: MagicString): void {
  if (node.type === 'ImportExpression') text.overwrite(node.start, node.start + 'import'.length, '__h.import')
  for (const child of childrenOf(node)) replaceImports(child, text)
}

/**
 * Makes code of what was typed: names that it declares stay for the next input, the value of its last expression is
 * the value of the whole, and it may `await` and `import()`.
 *
 * @param helpers - Which of {@link CONSOLE_HELPERS} the frame leaves free.
 * @throws SyntaxError
 */
export function consoleSource(typed: string, helpers: readonly string[]): ConsoleSource {
  const { source, tree } = parseTyped(typed)
  const text = new MagicString(source)
  const statements = tree.body as TreeNode[]
  replaceImports(tree, text)
  const names = [...new Set(statements.flatMap((statement) => hoist(statement, text)))]
  const isAsync = hasAwait(tree)
  const last = statements.at(-1)
  const isValue = last?.type === 'ExpressionStatement'
  if (isAsync && isValue) returnLast(last, text)
  const declarations = names.length === 0 ? '' : `let ${names.join(', ')}; ${KEEP_SCOPE}`
  const offered = helpers
    .filter((name) => !names.includes(name))
    .map((name) => `const ${name} = __h[${JSON.stringify(name)}];`)
  const body = `${offered.join('')}${text.toString()}\n`
  if (isAsync) return { code: `${declarations}(async () => {${body}})()`, isAsync }
  return { code: `${declarations}{${body}${isValue || names.length === 0 ? '' : ';undefined'}}`, isAsync }
}

function returnLast(statement: Node, text: MagicString): void {
  text.appendRight(statement.start, ';return ')
}
