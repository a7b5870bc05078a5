import * as nodeModule from 'node:module'
import MagicString from 'magic-string'
import { AWAIT_HOOK, noteAwait } from './awaited.ts'
import { isProgramFile, pathOf } from './script-kinds.ts'
import { stripTypes } from './strip-types.ts'
import { noteSyntaxProblem } from './syntax-problems.ts'
import { childrenOf, parseModule, type TreeNode } from './syntax-tree.ts'

const FORMATS = new Set(['module', 'module-typescript'])

function nameOf(node: TreeNode, given: string | undefined): string {
  const id = node.id as { name?: string } | null | undefined
  return id?.name ?? given ?? '<anonymous>'
}

/** The name that a node gives to a function that stands in it. */
function givenName(node: TreeNode): string | undefined {
  const part = (node.type === 'VariableDeclarator' ? node.id : node.key) as
    | { name?: string; value?: unknown }
    | undefined
  return part?.name ?? (typeof part?.value === 'string' ? part.value : undefined)
}

function instrumentAwaits(tree: TreeNode, text: MagicString, file: string): void {
  const visit = (node: TreeNode, functionName: string, given: string | undefined): void => {
    const inner = /Function/.test(node.type) ? nameOf(node, given) : functionName
    if (node.type === 'AwaitExpression') {
      const argument = node.argument as TreeNode
      const { line, column } = node.loc!.start
      text.appendLeft(argument.start, `${AWAIT_HOOK}((`)
      const place = `${JSON.stringify(file)}, ${line}, ${column + 1}, ${JSON.stringify(inner)}`
      text.prependRight(argument.end, `), (__s, __h) => eval(__s), ${place})`)
    }
    const name = givenName(node)
    for (const child of childrenOf(node)) visit(child, inner, name)
  }
  visit(tree, '<module>', undefined)
}

/**
 * Changes a module so that async callers can be looked into: `await x` tells who waits, and names at the top of the
 * module can be seen from every function of it.
 *
 * @returns The code with its source map, or `undefined` if it cannot be parsed: Node shall say what is wrong.
 */
export function instrumentModule(source: string, url: string): string | undefined {
  const file = pathOf(url)
  const plain = stripTypes(source)
  let tree: TreeNode
  try {
    tree = parseModule(plain)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    noteSyntaxProblem(error, file)
    return undefined
  }
  const text = new MagicString(plain)
  instrumentAwaits(tree, text, file)
  // Never called. Because of it V8 keeps all names of the module where inner functions can reach them.
  text.append('\n;(() => eval(""));')
  const map = text.generateMap({ source: url, hires: 'boundary', includeContent: false })
  return `${text.toString()}\n//# sourceMappingURL=${map.toUrl()}`
}

/** Instruments the modules of the program that are loaded from now on. */
export function instrumentProgram(): void {
  // Not there in Bun and Deno, so it must not be imported by name.
  const { registerHooks } = nodeModule
  if (registerHooks === undefined) return
  Object.defineProperty(globalThis, AWAIT_HOOK, { value: noteAwait, configurable: true })
  registerHooks({
    load(url, context, next) {
      const result = next(url, context)
      const { source, format } = result
      if (source === undefined || source === null || !FORMATS.has(format ?? '') || !isProgramFile(url))
        return result
      const text = typeof source === 'string' ? source : Buffer.from(source as Uint8Array).toString('utf8')
      const code = instrumentModule(text, url)
      return code === undefined ? result : { ...result, format: 'module', source: code }
    },
  })
}
