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
  const soft = frame.soft()
  const branch = (head: string, { test, body, lineno }: If, tail: string): void =>
    unit.out.block(`${head}if (${unit.condition(test, soft)})`, () => unit.body(body, soft), lineno, tail)
  branch('', node, '}')
  for (const elif of node.elifs) branch('else ', elif, '}')
  if (node.elseBody.length > 0) unit.out.block('else', () => unit.body(node.elseBody, soft))
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
  unit.out.block('', () => {
    unit.out.line(`const ${before} = ctx.evalCtx.save();`)
    modifyEvalContext(unit, node.options, frame)
    unit.body(node.body, frame)
    unit.out.line(`ctx.evalCtx.revert(${before});`)
  })
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

/** Writes a statement. */
export function statement(unit: Compilation, node: Statement, frame: Frame): void {
  switch (node.type) {
    case 'Output':
      output(unit, node, frame)
      return
    case 'If':
      ifStatement(unit, node, frame)
      return
    case 'For':
      forLoop(unit, node, frame)
      return
    case 'Assign':
      assignment(unit, node, frame)
      return
    case 'AssignBlock':
      assignmentBlock(unit, node, frame)
      return
    case 'With':
      withStatement(unit, node, frame)
      return
    case 'Macro':
      macro(unit, node, frame)
      return
    case 'CallBlock':
      callBlock(unit, node, frame)
      return
    case 'FilterBlock':
      filterBlock(unit, node, frame)
      return
    case 'Block':
      block(unit, node, frame)
      return
    case 'Extends':
      extendsStatement(unit, node, frame)
      return
    case 'Include':
      include(unit, node, frame)
      return
    case 'Import':
      importStatement(unit, node, frame)
      return
    case 'FromImport':
      fromImport(unit, node, frame)
      return
    case 'ExprStmt':
      unit.out.line(`${unit.expression(node.node, frame)};`, node.lineno)
      return
    case 'Break':
    case 'Continue':
      loopControl(unit, node)
      return
    case 'Scope':
      scope(unit, node, frame)
      return
    case 'ScopedEvalContextModifier':
      scopedModifier(unit, node, frame)
      return
    case 'EvalContextModifier':
      modifyEvalContext(unit, node.options, frame)
      return
    case 'OverlayScope':
      overlayScope(unit, node, frame)
      return
  }
}
