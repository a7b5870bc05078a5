import { quote } from '../python/print.ts'
import type { Block, Extends } from '../syntax/nodes.ts'
import { type Compilation, literal, Unreachable } from './compilation.ts'
import { derivedContext } from './expressions.ts'
import { Frame } from './frame.ts'
import { openBuffer, returnOutput, writeBlock } from './output.ts'
import { findUndeclared } from './scope.ts'
import { assignsVariables, enterFrame } from './scopes.ts'

/** The name of the function of a block. */
export const blockFunction = (name: string): string => `b_${name}`

/** The head of a function that renders: one that returns text, or one that yields pieces. */
export function renderHead(unit: Compilation, name: string): string {
  return `${unit.async}function${unit.streaming ? '*' : ''} ${name}(ctx)`
}

/** `{% block name %}` where it stands: runs the function that is the innermost one for the rendering. */
export function block(unit: Compilation, node: Block, frame: Frame): void {
  const write = (): void => {
    const stack = `ctx.blocks[${literal(node.name)}]`
    if (node.required) {
      const message = literal(`Required block ${quote(node.name)} not found`)
      unit.out.line(`if (${stack}.length <= 1) ${unit.runtime('failAtRuntime')}(${message});`, node.lineno)
    }
    const context = node.scoped ? derivedContext(unit, frame) : unit.context
    writeBlock(unit, frame, `${stack}[0](${context})`, node.lineno)
  }
  if (!frame.toplevel) write()
  else if (unit.hasKnownExtends) return
  else if (unit.extendsSoFar === 0) write()
  else unit.out.block('if (parent === null)', write)
}

/** The function of a block. */
export function blockBody(unit: Compilation, node: Block, evalContext: Frame['evalContext']): void {
  // A block is not inside the template's frame: it sees the context, not the variables around it.
  const frame = new Frame(evalContext)
  frame.blockFrame = true
  unit.function(
    renderHead(unit, blockFunction(node.name)),
    () => {
      if (!unit.streaming) openBuffer(unit, frame)
      const used = findUndeclared(node.body, ['self', 'super'])
      declareSelf(unit, frame, used)
      const superRef = used.has('super') ? frame.symbols.declareParameter('super') : null
      const superMark = unit.out.mark()
      unit.usesSuper = false
      frame.symbols.analyze(node)
      frame.block = node.name
      if (assignsVariables(node.body)) {
        frame.localVars = unit.identifier()
        unit.out.line(`const ${frame.localVars} = {};`)
      }
      enterFrame(unit, frame)
      unit.body(node.body, frame)
      if (superRef !== null && unit.usesSuper) {
        const current = blockFunction(node.name)
        const make = `${unit.runtime('superBlock')}(ctx, ${literal(node.name)}, ${current})`
        unit.out.fill(superMark, `let ${superRef} = ${make};`)
      }
      if (frame.buffer !== null) returnOutput(unit, frame.buffer)
    },
    node.lineno,
  )
}

/** Declares the variable `self`, if a body uses it. */
export function declareSelf(unit: Compilation, frame: Frame, used: ReadonlySet<string>): void {
  if (!used.has('self')) return
  const ref = frame.symbols.declareParameter('self')
  unit.out.line(`const ${ref} = new ${unit.runtime('TemplateReference')}(ctx);`)
}

/** `{% extends template %}` */
export function extendsStatement(unit: Compilation, node: Extends, frame: Frame): void {
  if (!frame.toplevel) unit.fail('cannot use extend from a non top-level scope', node.lineno)
  const failTwice = `${unit.runtime('failAtRuntime')}("extended multiple times");`
  if (unit.hasKnownExtends) {
    unit.out.line(failTwice, node.lineno)
    throw new Unreachable()
  }
  if (unit.extendsSoFar > 0) unit.out.line(`if (parent !== null) ${failTwice}`, node.lineno)
  const name = unit.expression(node.template, frame)
  const own = unit.name === null ? 'null' : literal(unit.name)
  unit.out.line(
    `parent = ${unit.runtime('extendTemplate')}(ctx, ${name}, ${own}, ${unit.streaming});`,
    node.lineno,
  )
  if (frame.rootlevel) unit.hasKnownExtends = true
  unit.extendsSoFar++
}
