import type { Break, Continue, Expression, For } from '../syntax/nodes.ts'
import { findAll } from '../syntax/walk.ts'
import { assign } from './assignments.ts'
import { bufferContents } from './calls.ts'
import type { Compilation } from './compilation.ts'
import type { Frame } from './frame.ts'
import { openBuffer, writeResult } from './output.ts'
import { findUndeclared } from './scope.ts'
import { assignsVariables, hoistFrame } from './scopes.ts'

/** A loop that is being compiled. */
interface Loop {
  readonly node: For
  readonly frame: Frame
  readonly inner: Frame
  /** The variable `loop`, if the loop has one. */
  readonly ref: string | null
  /** The variable that tells whether the `else` branch runs. */
  readonly indicator: string | null
  /** The function that a recursive loop calls itself by. */
  readonly recurse: string | null
}

/** Whether anything in the loop asks for the `loop` variable. */
function needsLoopVariable(node: For): boolean {
  if (node.recursive || findUndeclared(node.body, ['loop']).has('loop')) return true
  return findAll(node, 'Block').some((block) => block.scoped)
}

function targetNames(target: Expression): string[] {
  return (target.type === 'Name' ? [target] : findAll(target, 'Name')).map(({ name }) => name)
}

/** Declares the target's variables and gives them the item. */
function bindTarget(unit: Compilation, loop: Loop, item: string, frame = loop.inner): void {
  const refs = new Set(targetNames(loop.node.target).map((name) => frame.symbols.ref(name)))
  for (const ref of refs) unit.out.line(`let ${ref};`)
  assign(unit, loop.node.target, item, frame)
}

/** Writes the function that yields the items that the loop's condition lets through. */
function filterFunction(unit: Compilation, node: For, frame: Frame, loop: Loop): string {
  const test = frame.inner()
  test.symbols.analyze(node, 'test')
  const name = unit.identifier()
  const { isAsync } = unit.host
  unit.function(`${unit.async}function* ${name}(items)`, () => {
    const declare = hoistFrame(unit, test)
    const item = unit.identifier()
    const head = isAsync
      ? `for await (const ${item} of ${unit.runtime('iterateAsync')}(items))`
      : `for (const ${item} of ${unit.runtime('iterate')}(items))`
    unit.out.block(head, () => {
      declare()
      bindTarget(unit, loop, item, test)
      const condition = unit.condition(node.test as Expression, test)
      unit.out.line(`if (${condition}) yield ${item};`, (node.test as Expression).lineno)
    })
  })
  return name
}

function iterable(unit: Compilation, loop: Loop, filterName: string | null): string {
  const items = loop.recurse === null ? unit.expression(loop.node.iter, loop.frame) : 'items'
  return filterName === null ? items : `${filterName}(${items})`
}

function loopBody(unit: Compilation, loop: Loop, item: string): void {
  const { node, inner } = loop
  bindTarget(unit, loop, item)
  unit.openLoops[unit.openLoops.length - 1] = (unit.openLoops.at(-1) as number) + 1
  if (inner.localVars !== null) unit.out.line(`const ${inner.localVars} = {};`)
  unit.body(node.body, inner)
  unit.openLoops[unit.openLoops.length - 1] = (unit.openLoops.at(-1) as number) - 1
  if (loop.indicator !== null) unit.out.line(`${loop.indicator} = false;`)
}

function plainLoop(unit: Compilation, loop: Loop, items: string): void {
  const item = unit.identifier()
  const declare = hoistFrame(unit, loop.inner)
  unit.out.block(
    `for (const ${item} of ${unit.runtime('iterate')}(${items}))`,
    () => {
      declare()
      loopBody(unit, loop, item)
    },
    loop.node.lineno,
  )
}

/** A loop with a `loop` variable, or one whose items may have to be waited for: it goes on by `next()`. */
function steppedLoop(unit: Compilation, loop: Loop, items: string): void {
  const ref = loop.ref ?? unit.identifier()
  const maker = unit.runtime(unit.host.isAsync ? 'asyncLoop' : 'loop')
  const more = loop.recurse === null ? '' : `, ${loop.recurse}, depth`
  unit.out.line(`const ${ref} = ${maker}(env, ${items}${more});`, loop.node.lineno)
  const declare = hoistFrame(unit, loop.inner)
  unit.out.block(`while (${unit.await(`${ref}.next()`)})`, () => {
    declare()
    loopBody(unit, loop, `${ref}.current`)
  })
}

function elseBranch(unit: Compilation, loop: Loop): void {
  const { node, frame, indicator, inner } = loop
  if (indicator === null) return
  const otherwise = frame.inner()
  otherwise.symbols.analyze(node, 'else')
  if (loop.recurse !== null) otherwise.buffer = inner.buffer
  unit.out.block(`if (${indicator})`, () => {
    hoistFrame(unit, otherwise)()
    unit.body(node.elseBody, otherwise)
  })
}

function wholeLoop(unit: Compilation, loop: Loop): void {
  const { node, frame } = loop
  const filterName = node.test === null ? null : filterFunction(unit, node, frame, loop)
  if (loop.indicator !== null) unit.out.line(`let ${loop.indicator} = true;`)
  const items = iterable(unit, loop, filterName)
  if (loop.ref === null && !unit.host.isAsync) plainLoop(unit, loop, items)
  else steppedLoop(unit, loop, items)
  elseBranch(unit, loop)
}

function recursiveLoop(unit: Compilation, loop: Loop): void {
  const { node, frame, inner } = loop
  unit.function(
    `const ${loop.recurse} = ${unit.async}(items, depth) =>`,
    () => {
      const buffer = openBuffer(unit, inner)
      wholeLoop(unit, loop)
      const { autoescape, volatile } = inner.evalContext
      const contents = bufferContents(unit, buffer)
      if (volatile) unit.out.line(`return ${unit.runtime('markupIf')}(ctx.evalCtx.autoescape, ${contents});`)
      else unit.out.line(`return ${autoescape ? `new ${unit.runtime('Markup')}(${contents})` : contents};`)
    },
    node.lineno,
    '};',
  )
  const started = `${loop.recurse}(${unit.expression(node.iter, frame)}, 0)`
  writeResult(unit, frame, unit.host.isAsync ? `await ${started}` : started, node.lineno)
}

/** `{% for target in items %}` */
export function forLoop(unit: Compilation, node: For, frame: Frame): void {
  const inner = frame.inner()
  inner.loopFrame = true
  const ref = needsLoopVariable(node) ? inner.symbols.declareLoop() : null
  inner.symbols.analyze(node, 'body')
  for (const { name, ctx, lineno } of findAll(node, 'Name')) {
    if (ctx === 'store' && name === 'loop') {
      unit.fail("Can't assign to special loop variable in for-loop target", lineno)
    }
  }
  if (assignsVariables(node.body)) inner.localVars = unit.identifier()
  const loop: Loop = {
    node,
    frame,
    inner,
    ref,
    indicator: node.elseBody.length > 0 ? unit.identifier() : null,
    recurse: node.recursive ? unit.identifier() : null,
  }
  unit.out.block('', () => (node.recursive ? recursiveLoop(unit, loop) : wholeLoop(unit, loop)))
  // What the loop assigned is gone after it, also where the names are known outside.
  const assigned = unit.assigned.at(-1)
  for (const name of inner.symbols.stores) assigned?.delete(name)
}

/** `{% break %}` and `{% continue %}` of the loop controls extension. */
export function loopControl(unit: Compilation, node: Break | Continue): void {
  const word = node.type === 'Break' ? 'break' : 'continue'
  if (unit.openLoops.at(-1) === 0) unit.fail(`'${word}' outside loop`, node.lineno)
  unit.out.line(`${word};`, node.lineno)
}
