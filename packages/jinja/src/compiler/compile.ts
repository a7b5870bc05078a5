import { quote } from '../python/print.ts'
import type { Template } from '../syntax/nodes.ts'
import { findAll } from '../syntax/walk.ts'
import { Compilation, type CompilerHost, literal } from './compilation.ts'
import { namesStoredOnce } from './direct-calls.ts'
import { Emitter, type LinePair } from './emitter.ts'
import { condition, expression } from './expressions.ts'
import { type CompileEvalContext, Frame } from './frame.ts'
import { blockBody, blockFunction, declareSelf, renderHead } from './inheritance.ts'
import { openBuffer, returnOutput, writeRendered } from './output.ts'
import { findUndeclared } from './scope.ts'
import { enterFrame } from './scopes.ts'
import { statement } from './statements.ts'

/** What compiling a template gives. */
export interface CompiledSource {
  /**
   * The body of a function of the runtime `R` and the environment `env` that returns `{ root, blocks }`: the
   * functions that render the template and its blocks for a context.
   */
  readonly body: string
  /** Which lines of the body come from which lines of the template, in order. */
  readonly lines: readonly LinePair[]
}

/** How a template is compiled. */
export interface CompileOptions {
  readonly name: string | null
  readonly filename: string | null
  /** Whether output is escaped where the template does not say otherwise. */
  readonly autoescape: boolean
  /** Whether the functions yield their output piece by piece. */
  readonly streaming: boolean
}

function rootFunction(unit: Compilation, node: Template, evalContext: CompileEvalContext): void {
  const extending = findAll(node, 'Extends').length > 0
  const frame = new Frame(evalContext)
  unit.function(renderHead(unit, 'root'), () => {
    if (!unit.streaming) openBuffer(unit, frame)
    declareSelf(unit, frame, findUndeclared(node.body, ['self']))
    frame.symbols.analyze(node)
    frame.toplevel = true
    frame.rootlevel = true
    frame.requireOutputCheck = extending
    if (extending) unit.out.line('let parent = null;')
    enterFrame(unit, frame)
    unit.body(node.body, frame)
    if (extending) {
      const render = `parent.${unit.streaming ? 'streamRoot' : 'root'}(ctx)`
      unit.out.block('if (parent !== null)', () => writeRendered(unit, frame, render, node.lineno))
    }
    if (frame.buffer !== null) returnOutput(unit, frame.buffer)
  })
}

function registerBlocks(unit: Compilation, node: Template): void {
  for (const found of findAll(node, 'Block')) {
    if (unit.blocks.has(found.name)) unit.fail(`block ${quote(found.name)} defined twice`, found.lineno)
    unit.blocks.set(found.name, found)
  }
}

/** Writes the functions of a template and its blocks. */
export function compileUnit(unit: Compilation, node: Template, evalContext: CompileEvalContext): void {
  registerBlocks(unit, node)
  unit.storedOnce = namesStoredOnce(node)
  rootFunction(unit, node, evalContext)
  for (const found of unit.blocks.values()) blockBody(unit, found, evalContext)
}

/**
 * Compiles a syntax tree to JavaScript.
 *
 * @throws TemplateAssertionError if the tree cannot be compiled, such as for an unknown filter.
 */
export function compileTree(host: CompilerHost, node: Template, options: CompileOptions): CompiledSource {
  const { name, filename, autoescape, streaming } = options
  const unit = new Compilation(host, name, filename, streaming, { expression, condition, statement })
  compileUnit(unit, node, { autoescape, volatile: false })
  const head = new Emitter()
  head.line(`const { ${unit.runtimeNames.join(', ')} } = R;`)
  for (const constant of unit.constants) head.line(`${constant};`)
  const entries = [...unit.blocks.keys()].map((key) => `[${literal(key)}]: ${blockFunction(key)}`)
  unit.out.line(`return { root, blocks: { __proto__: null, ${entries.join(', ')} } };`)
  const offset = head.lines.length
  return {
    body: `${head}\n${unit.out}`,
    lines: unit.out.pairs.map(({ template, code }) => ({ template, code: code + offset })),
  }
}
