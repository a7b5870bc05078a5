import type { Assign, AssignBlock, Expression, With } from '../syntax/nodes.ts'
import { findAll } from '../syntax/walk.ts'
import { bufferContents, filter } from './calls.ts'
import { type Compilation, literal } from './compilation.ts'
import type { Frame } from './frame.ts'
import { openBuffer } from './output.ts'
import { beginAssignments, endAssignments, enterFrame } from './scopes.ts'

function noteAssignment(unit: Compilation, name: string, frame: Frame): void {
  if (frame.toplevel || frame.loopFrame || frame.blockFrame) unit.assigned.at(-1)?.add(name)
}

/**
 * Assigns a value to a target.
 *
 * @param value Code of the value, used once.
 */
export function assign(
  unit: Compilation,
  target: Expression,
  value: string,
  frame: Frame,
  lineno?: number,
): void {
  switch (target.type) {
    case 'Name':
      noteAssignment(unit, target.name, frame)
      unit.out.line(`${frame.symbols.ref(target.name)} = ${value};`, lineno)
      return
    case 'NSRef': {
      const ref = frame.symbols.ref(target.name)
      unit.out.line(`${unit.runtime('setNamespace')}(${ref}, ${literal(target.attr)}, ${value});`, lineno)
      return
    }
    case 'InternalName':
      unit.declare(`i_${target.name}`)
      unit.out.line(`i_${target.name} = ${value};`, lineno)
      return
    case 'Tuple': {
      const items = unit.temporary()
      unit.out.line(`${items} = ${unit.runtime('unpack')}(${value}, ${target.items.length});`, lineno)
      for (const [index, item] of target.items.entries())
        assign(unit, item, `${items}[${index}]`, frame, lineno)
      return
    }
    default:
      unit.fail(`cannot assign to an expression of type ${target.type}`, target.lineno)
  }
}

/** Refuses attributes of what is not a namespace before anything is assigned. */
function checkNamespaces(unit: Compilation, target: Expression, frame: Frame, lineno: number): void {
  const refs = target.type === 'NSRef' ? [target] : findAll(target, 'NSRef')
  for (const name of new Set(refs.map((ref) => ref.name))) {
    unit.out.line(`${unit.runtime('checkNamespace')}(${frame.symbols.ref(name)});`, lineno)
  }
}

/** `{% set target = value %}` */
export function assignment(unit: Compilation, node: Assign, frame: Frame): void {
  beginAssignments(unit)
  checkNamespaces(unit, node.target, frame, node.lineno)
  assign(unit, node.target, unit.expression(node.node, frame), frame, node.lineno)
  endAssignments(unit, frame)
}

/** `{% set target %}...{% endset %}` */
export function assignmentBlock(unit: Compilation, node: AssignBlock, frame: Frame): void {
  beginAssignments(unit)
  const inner = frame.inner()
  // A block that is captured is never output, so it also runs in a template that extends another.
  inner.requireOutputCheck = false
  inner.symbols.analyze(node)
  unit.out.block('', () => {
    enterFrame(unit, inner)
    const buffer = openBuffer(unit, inner)
    unit.body(node.body, inner)
    const contents = bufferContents(unit, buffer)
    const value = node.filter === null ? contents : filter(unit, node.filter, inner)
    checkNamespaces(unit, node.target, frame, node.lineno)
    const marked = `${unit.runtime('markupIf')}(ctx.evalCtx.autoescape, ${value})`
    assign(unit, node.target, marked, frame, node.lineno)
  })
  endAssignments(unit, frame)
}

/** `{% with a = 1, b = 2 %}`: all values are evaluated outside. */
export function withStatement(unit: Compilation, node: With, frame: Frame): void {
  const inner = frame.inner()
  inner.symbols.analyze(node)
  unit.out.block('', () => {
    for (const target of inner.symbols.dumpParameters()) unit.out.line(`let ${target};`)
    enterFrame(unit, inner)
    for (const [index, target] of node.targets.entries()) {
      const value = unit.expression(node.values[index] as Expression, frame)
      assign(unit, target, value, inner, node.lineno)
    }
    unit.body(node.body, inner)
  })
}
