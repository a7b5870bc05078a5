import type { CallBlock, FilterBlock, Macro, Name } from '../syntax/nodes.ts'
import { call, filter } from './calls.ts'
import { type Compilation, literal } from './compilation.ts'
import { noteMacro } from './direct-calls.ts'
import type { Frame } from './frame.ts'
import { openBuffer, returnBuffer, writeResult } from './output.ts'
import { findUndeclared } from './scope.ts'
import { enterFrame } from './scopes.ts'

const special = ['caller', 'kwargs', 'varargs'] as const

/** A macro's function, and which of the special arguments its body uses. */
interface CompiledMacro {
  readonly body: string
  readonly used: ReadonlySet<string>
}

function specialParameters(unit: Compilation, node: Macro | CallBlock): Set<string> {
  const names = node.args.map(({ name }) => name)
  const used = findUndeclared(node.body, special)
  for (const name of ['kwargs', 'varargs']) if (names.includes(name)) used.delete(name)
  const explicitCaller = names.indexOf('caller')
  if (used.has('caller') && explicitCaller >= 0) {
    if (explicitCaller < names.length - node.defaults.length) {
      unit.fail(
        'When defining macros or call blocks the special "caller" argument must be omitted or be given a ' +
          'default.',
        node.lineno,
      )
    }
  }
  return used
}

function setDefault(unit: Compilation, node: Macro | CallBlock, index: number, frame: Frame): void {
  const { name } = node.args[index] as Name
  const ref = frame.symbols.ref(name)
  const value = node.defaults[index - node.args.length + node.defaults.length]
  const code = (): string =>
    value === undefined
      ? `${unit.runtime('undefinedParameter')}(env, ${literal(name)})`
      : unit.expression(value, frame)
  unit.out.line(`if (${ref} === undefined) ${ref} = ${code()};`)
  unit.unsetParameters.at(-1)?.delete(ref)
}

function macroFunction(unit: Compilation, node: Macro | CallBlock, outer: Frame): CompiledMacro {
  const frame = outer.inner()
  frame.symbols.analyze(node)
  const used = specialParameters(unit, node)
  const names = new Set(node.args.map(({ name }) => name))
  const params = node.args.map(({ name }) => frame.symbols.ref(name))
  for (const name of special) {
    if (!used.has(name)) continue
    if (name === 'caller' && names.has(name)) continue
    params.push(frame.symbols.declareParameter(name))
  }
  // A macro prints when it is called, wherever it is defined.
  frame.requireOutputCheck = false
  const body = unit.identifier()
  if (node.type === 'Macro' && used.size === 0) noteMacro(unit, node, body, outer)
  unit.function(
    `const ${body} = ${unit.async}(${params.join(', ')}) =>`,
    () => {
      const buffer = openBuffer(unit, frame)
      enterFrame(unit, frame)
      unit.unsetParameters.push(frame.symbols.dumpParameters())
      for (let index = 0; index < node.args.length; index++) setDefault(unit, node, index, frame)
      unit.unsetParameters.pop()
      unit.body(node.body, frame)
      returnBuffer(unit, buffer)
    },
    node.lineno,
    '};',
  )
  return { body, used }
}

function macroValue(unit: Compilation, node: Macro | CallBlock, { body, used }: CompiledMacro): string {
  const name = node.type === 'Macro' ? literal(node.name) : 'null'
  const names = literal(node.args.map((arg) => arg.name) as unknown as string)
  const info = unit.constant(
    'macro',
    `{ name: ${name}, arguments: ${names}, catchKwargs: ${used.has('kwargs')}, ` +
      `catchVarargs: ${used.has('varargs')}, caller: ${used.has('caller')} }`,
  )
  return `${unit.runtime('makeMacro')}(env, ${body}, ${info}, ctx.evalCtx.autoescape)`
}

/** `{% macro name(...) %}` */
export function macro(unit: Compilation, node: Macro, frame: Frame): void {
  const compiled = macroFunction(unit, node, frame)
  const ref = frame.symbols.ref(node.name)
  unit.out.line(`${ref} = ${macroValue(unit, node, compiled)};`, node.lineno)
  if (frame.toplevel) {
    unit.out.line(`ctx.setVar(${literal(node.name)}, ${ref}, ${!node.name.startsWith('_')});`)
  }
}

/** `{% call(...) callable(...) %}` */
export function callBlock(unit: Compilation, node: CallBlock, frame: Frame): void {
  unit.out.block('', () => {
    const compiled = macroFunction(unit, node, frame)
    const caller = unit.identifier()
    unit.out.line(`const ${caller} = ${macroValue(unit, node, compiled)};`, node.lineno)
    writeResult(unit, frame, call(unit, node.call, frame, caller), node.lineno)
  })
}

/** `{% filter name(...) %}` */
export function filterBlock(unit: Compilation, node: FilterBlock, frame: Frame): void {
  const inner = frame.inner()
  inner.symbols.analyze(node)
  unit.out.block('', () => {
    enterFrame(unit, inner)
    openBuffer(unit, inner)
    unit.body(node.body, inner)
    writeResult(unit, frame, filter(unit, node.filter, inner), node.lineno)
  })
}
