import { quote } from '../python/print.ts'
import { passedArgument } from '../python/signature.ts'
import type { Arguments, Call, Expression, Filter, Getattr, Keyword, Test } from '../syntax/nodes.ts'
import { type Compilation, literal } from './compilation.ts'
import type { Frame } from './frame.ts'

function key(name: string): string {
  // As a plain key this one would set the prototype.
  return name === '__proto__' ? '["__proto__"]' : literal(name)
}

/** Names and values as an object literal. */
export function record(entries: Iterable<readonly [name: string, code: string]>): string {
  const parts = [...entries].map(([name, code]) => `${key(name)}: ${code}`)
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`
}

function named(unit: Compilation, kwargs: readonly Keyword[], frame: Frame, caller: string | null): string {
  const entries = kwargs.map(({ key: name, value }) => [name, unit.expression(value, frame)] as const)
  return record(caller === null ? entries : [...entries, ['caller', caller] as const])
}

/** The arguments of a call in the order in which compiled functions take them: named ones last, as one object. */
function callArguments(
  unit: Compilation,
  node: Arguments,
  frame: Frame,
  caller: string | null = null,
): string[] {
  const args = node.args.map((arg) => unit.expression(arg, frame))
  if (node.dynArgs !== null) {
    args.push(`...${unit.runtime('iterate')}(${unit.expression(node.dynArgs, frame)})`)
  }
  if (node.dynKwargs !== null) {
    const given = named(unit, node.kwargs, frame, caller)
    args.push(`...${unit.runtime('mergeKwargs')}(${given}, ${unit.expression(node.dynKwargs, frame)})`)
  } else if (node.kwargs.length > 0 || caller !== null) {
    args.push(`new ${unit.runtime('Kwargs')}(${named(unit, node.kwargs, frame, caller)})`)
  }
  return args
}

function lookUp(table: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(table, name) ? table[name] : undefined
}

function passed(fn: unknown): string[] {
  switch (passedArgument(fn)) {
    case 'context':
      return ['ctx']
    case 'evalContext':
      return ['ctx.evalCtx']
    case 'environment':
      return ['env']
    default:
      return []
  }
}

/**
 * A filter or test applied to a value.
 *
 * @param value Writes the value; only asked after the name has been found, so that errors come from outside in.
 * @throws TemplateAssertionError if it is unknown, except in a condition, where it may never be reached.
 */
export function filterOrTest(
  unit: Compilation,
  node: Filter | Test,
  frame: Frame,
  value: () => string,
): string {
  const kind = node.type === 'Filter' ? 'filter' : 'test'
  const fn = lookUp(kind === 'filter' ? unit.host.filters : unit.host.tests, node.name)
  if (fn === undefined && !frame.softFrame) {
    unit.fail(`No ${kind} named ${quote(node.name)}.`, node.lineno)
  }
  const name = unit.constant(kind, `${unit.runtime(kind)}(env, ${literal(node.name)})`)
  const args = [...passed(fn), value(), ...callArguments(unit, node, frame)]
  return unit.await(`${name}(${args.join(', ')})`)
}

/** The value that a filter applies to: an expression, or the output so far of the block it stands at. */
export function filter(unit: Compilation, node: Filter, frame: Frame): string {
  const { node: value } = node
  return filterOrTest(unit, node, frame, () =>
    value === null ? bufferedValue(unit, frame) : unit.expression(value, frame),
  )
}

/** What a buffer holds, as one value: text, or what the environment of native types makes of the parts. */
export function bufferContents(unit: Compilation, buffer: string): string {
  return unit.host.nativeTypes ? `env.concat(${buffer})` : buffer
}

/** What the buffer of a frame holds, as markup where the output is escaped. */
function bufferedValue(unit: Compilation, frame: Frame): string {
  const contents = bufferContents(unit, frame.buffer as string)
  const { volatile, autoescape } = frame.evalContext
  if (volatile) return `${unit.runtime('markupIf')}(ctx.evalCtx.autoescape, ${contents})`
  return autoescape ? `new ${unit.runtime('Markup')}(${contents})` : contents
}

const loopValues = new Set([
  'index',
  'index0',
  'revindex',
  'revindex0',
  'first',
  'last',
  'length',
  'depth',
  'depth0',
  'previtem',
  'nextitem',
])

/** An attribute of the loop variable where it surely is one, else null. */
export function loopAttribute(node: Expression, attr: string, frame: Frame): string | null {
  if (node.type !== 'Name' || node.name !== 'loop' || !loopValues.has(attr)) return null
  const ref = frame.symbols.loopRef()
  return ref === null ? null : `${ref}.${attr}`
}

/** The object of a method. An undefined one must fail before the arguments are evaluated. */
function methodTarget(unit: Compilation, node: Call, callee: Getattr, frame: Frame): string {
  const target = unit.expression(callee.node, frame)
  const isPlain = node.dynArgs === null && node.dynKwargs === null && node.kwargs.length === 0
  if (isPlain && node.args.every(({ type }) => type === 'Const')) return target
  return `${unit.runtime('methodTarget')}(${target}, ${literal(callee.attr)})`
}

/** How something is called: the function of the runtime, and the code of what is called. */
interface CallParts {
  readonly runtime: 'call' | 'callAttribute' | 'callSandboxed'
  readonly callee: string
}

function callParts(unit: Compilation, node: Call, frame: Frame): CallParts {
  const { node: callee } = node
  const isMethod =
    callee.type === 'Getattr' &&
    !unit.host.sandboxed &&
    loopAttribute(callee.node, callee.attr, frame) === null
  const code = isMethod
    ? `${methodTarget(unit, node, callee, frame)}, ${literal(callee.attr)}`
    : unit.expression(callee, frame)
  const runtime = unit.host.sandboxed ? 'callSandboxed' : isMethod ? 'callAttribute' : 'call'
  return { runtime, callee: code }
}

/** A call; `caller` is the code of the macro that a call block hands over. */
export function call(unit: Compilation, node: Call, frame: Frame, caller: string | null = null): string {
  const { runtime, callee } = callParts(unit, node, frame)
  const args = `[${callArguments(unit, node, frame, caller).join(', ')}]`
  const vars = frame.localVars === null ? '' : `, ${frame.localVars}`
  return unit.await(`${unit.runtime(runtime)}(ctx, ${callee}, ${args}${vars})`)
}

/** A constant of the template for one place that calls with named arguments. */
function callSite(unit: Compilation, node: Call): string {
  const names = node.kwargs.map(({ key: name }) => literal(name)).join(', ')
  // The comment makes each place a constant of its own.
  return unit.constant('site', `${unit.runtime('callSite')}([${names}]) /* ${unit.identifier()} */`)
}

/** A call whose result is printed at once, as text; null where the general way must be taken. */
export function printedCall(unit: Compilation, node: Call, frame: Frame): string | null {
  if (unit.host.isAsync || unit.host.sandboxed || frame.localVars !== null) return null
  const { runtime, callee } = callParts(unit, node, frame)
  const { autoescape } = frame.evalContext
  if (node.kwargs.length > 0 && node.dynArgs === null && node.dynKwargs === null) {
    const values = [...node.args, ...node.kwargs.map(({ value }) => value)]
    const args = values.map((value) => unit.expression(value, frame)).join(', ')
    const print = unit.runtime(runtime === 'call' ? 'printNamed' : 'printNamedMethod')
    return `${print}(ctx, ${callee}, [${args}], ${callSite(unit, node)}, ${autoescape})`
  }
  const args = callArguments(unit, node, frame).join(', ')
  const print = unit.runtime(runtime === 'call' ? 'printCall' : 'printMethod')
  return `${print}(ctx, ${callee}, [${args}], ${autoescape})`
}
