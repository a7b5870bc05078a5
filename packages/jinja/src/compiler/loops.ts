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

/** The code of a target's items after it was bound, as the loop's filter hands them on. */
function targetValue(unit: Compilation, target: Expression, frame: Frame): string {
  if (target.type !== 'Tuple') return unit.expression(target, frame)
  const items = target.items.map((item) => targetValue(unit, item, frame))
  return `${unit.runtime('tuple')}(${items.join(', ')})`
}

/** Writes what tests an item, and runs `found` where the loop's condition is to be decided. */
function testItem(
  unit: Compilation,
  loop: Loop,
  test: Frame,
  item: string,
  found: (condition: string) => void,
): void {
  bindTarget(unit, loop, item, test)
  found(unit.condition(loop.node.test as Expression, test))
}

/**
 * Writes the function that gives the items that the loop's condition lets through, one after the other, as the loop
 * asks for them.
 */
function filterFunction(unit: Compilation, loop: Loop, test: Frame): string {
  const name = unit.identifier()
  const item = unit.identifier()
  const { target, test: condition } = loop.node
  const { lineno } = condition as Expression
  if (!unit.host.isAsync) {
    const declare = hoistFrame(unit, test)
    const missing = unit.runtime('MISSING')
    unit.function(
      `const ${name} = (${item}) =>`,
      () => {
        declare()
        testItem(unit, loop, test, item, (code) =>
          unit.out.line(`return ${code} ? ${targetValue(unit, target, test)} : ${missing};`, lineno),
        )
      },
      lineno,
      '};',
    )
    return name
  }
  unit.function(`async function* ${name}(items)`, () => {
    const declare = hoistFrame(unit, test)
    unit.out.block(`for await (const ${item} of ${unit.runtime('iterateAsync')}(items))`, () => {
      declare()
      testItem(unit, loop, test, item, (code) =>
        unit.out.line(`if (${code}) yield ${targetValue(unit, target, test)};`, lineno),
      )
    })
  })
  return name
}

/** The items of a loop that goes on by `next()`, filtered if it has a condition. */
function iterable(unit: Compilation, loop: Loop): string {
  const filterName = loop.node.test === null ? null : filterFunction(unit, loop, testFrame(loop))
  const items = loop.recurse === null ? unit.expression(loop.node.iter, loop.frame) : 'items'
  if (filterName === null) return items
  return unit.host.isAsync
    ? `${filterName}(${items})`
    : `new ${unit.runtime('Filtered')}(${items}, ${filterName})`
}

function testFrame(loop: Loop): Frame {
  const test = loop.frame.inner()
  test.symbols.analyze(loop.node, 'test')
  return test
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

/** A loop that nobody asks where it is: it leaves out items by going on to the next. */
function plainLoop(unit: Compilation, loop: Loop): void {
  const item = unit.identifier()
  const test = loop.node.test === null ? null : testFrame(loop)
  const declareTest = test === null ? null : hoistFrame(unit, test)
  const declare = hoistFrame(unit, loop.inner)
  const items = loop.recurse === null ? unit.expression(loop.node.iter, loop.frame) : 'items'
  unit.out.block(
    `for (const ${item} of ${unit.runtime('iterate')}(${items}))`,
    () => {
      if (test !== null) {
        unit.out.block('', () => {
          declareTest?.()
          testItem(unit, loop, test, item, (code) =>
            unit.out.line(`if (!${code}) continue;`, loop.node.test?.lineno),
          )
        })
      }
      declare()
      loopBody(unit, loop, item)
    },
    loop.node.lineno,
  )
}

/** A loop with a `loop` variable, or one whose items may have to be waited for: it goes on by `next()`. */
function steppedLoop(unit: Compilation, loop: Loop): void {
  const items = iterable(unit, loop)
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
  if (loop.indicator !== null) unit.out.line(`let ${loop.indicator} = true;`)
  if (loop.ref === null && !unit.host.isAsync) plainLoop(unit, loop)
  else steppedLoop(unit, loop)
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
