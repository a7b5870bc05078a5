import type { If, Keyword, OverlayScope, ScopedEvalContextModifier, Statement } from '../syntax/nodes.ts'
import { assignment, assignmentBlock, withStatement } from './assignments.ts'
import type { Compilation } from './compilation.ts'
import { literal } from './compilation.ts'
import { constantValue } from './constant-folding.ts'
import { derivedContext } from './expressions.ts'
import type { Frame } from './frame.ts'
import { fromImport, importStatement, include } from './imports.ts'
import { block, extendsStatement } from './inheritance.ts'
import { forLoop, loopControl } from './loops.ts'
import { callBlock, filterBlock, macro } from './macros.ts'
import { output } from './output.ts'
import { enterFrame } from './scopes.ts'

function ifStatement(unit: Compilation, node: If, frame: Frame): void {
  // Each branch has a frame of its own: a macro of one is not known in the others.
  const branch = (head: string, { test, body, lineno }: If): void => {
    const soft = frame.soft()
    unit.out.block(`${head}if (${unit.condition(test, soft)})`, () => unit.body(body, soft), lineno)
  }
  branch('', node)
  for (const elif of node.elifs) branch('else ', elif)
  if (node.elseBody.length > 0) unit.out.block('else', () => unit.body(node.elseBody, frame.soft()))
}

function modifyEvalContext(unit: Compilation, options: readonly Keyword[], frame: Frame): void {
  for (const { key, value, lineno } of options) {
    const constant = constantValue(unit.host, value)
    const code = unit.expression(value, frame)
    if (key !== 'autoescape') {
      unit.out.line(`ctx.evalCtx[${literal(key)}] = ${code};`, lineno)
      continue
    }
    unit.out.line(`ctx.evalCtx.autoescape = ${unit.runtime('isTrue')}(${code});`, lineno)
    if (constant === null) frame.evalContext.volatile = true
    else frame.evalContext.autoescape = Boolean(constant.value)
  }
}

function scopedModifier(unit: Compilation, node: ScopedEvalContextModifier, frame: Frame): void {
  const saved = { ...frame.evalContext }
  const before = unit.identifier()
  unit.out.line(`const ${before} = ctx.evalCtx.save();`)
  modifyEvalContext(unit, node.options, frame)
  unit.body(node.body, frame)
  unit.out.line(`ctx.evalCtx.revert(${before});`)
  Object.assign(frame.evalContext, saved)
}

function overlayScope(unit: Compilation, node: OverlayScope, frame: Frame): void {
  const context = unit.identifier()
  unit.out.block('', () => {
    const vars = unit.expression(node.context, frame)
    unit.out.line(
      `const ${context} = ${unit.runtime('overlayContext')}(${derivedContext(unit, frame)}, ${vars});`,
    )
    unit.contexts.push(context)
    const inner = frame.inner(true)
    inner.buffer = frame.buffer
    inner.symbols.analyze(node)
    enterFrame(unit, inner)
    unit.body(node.body, inner)
    unit.contexts.pop()
  })
}

function scope(unit: Compilation, node: Extract<Statement, { type: 'Scope' }>, frame: Frame): void {
  const inner = frame.inner()
  inner.symbols.analyze(node)
  unit.out.block('', () => {
    enterFrame(unit, inner)
    unit.body(node.body, inner)
  })
}

type Writer<Type extends Statement['type']> = (
  unit: Compilation,
  node: Extract<Statement, { type: Type }>,
  frame: Frame,
) => void

const writers: { readonly [Type in Statement['type']]: Writer<Type> } = {
  Assign: assignment,
  AssignBlock: assignmentBlock,
  Block: block,
  Break: loopControl,
  CallBlock: callBlock,
  Continue: loopControl,
  EvalContextModifier: (unit, node, frame) => modifyEvalContext(unit, node.options, frame),
  ExprStmt: (unit, node, frame) => unit.out.line(`${unit.expression(node.node, frame)};`, node.lineno),
  Extends: extendsStatement,
  FilterBlock: filterBlock,
  For: forLoop,
  FromImport: fromImport,
  If: ifStatement,
  Import: importStatement,
  Include: include,
  Macro: macro,
  Output: output,
  OverlayScope: overlayScope,
  Scope: scope,
  ScopedEvalContextModifier: scopedModifier,
  With: withStatement,
}

/** Writes a statement. */
export function statement(unit: Compilation, node: Statement, frame: Frame): void {
  const write = writers[node.type] as (unit: Compilation, node: Statement, frame: Frame) => void
  write(unit, node, frame)
}
