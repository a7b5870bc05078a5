import type { Call, Macro, Template } from '../syntax/nodes.ts'
import { storedNames } from '../syntax/stored-names.ts'
import type { Compilation } from './compilation.ts'
import type { Frame } from './frame.ts'

/** The names that a template gives a value in one place only: a macro of such a name is always the same one. */
export function namesStoredOnce(template: Template): Set<string> {
  const once = new Set<string>()
  const seen = new Set<string>()
  for (const name of storedNames(template)) {
    if (seen.has(name)) once.delete(name)
    else once.add(name)
    seen.add(name)
  }
  return once
}

/** Makes a macro known to the places that surely see it and nothing else under its name. */
export function noteMacro(unit: Compilation, node: Macro, body: string, frame: Frame): void {
  if (!unit.storedOnce.has(node.name)) return
  frame.noteMacro(frame.symbols.ref(node.name), { body, parameters: node.args.map(({ name }) => name) })
}

/** For each argument as it is written, the position of its parameter; null if something is wrong with them. */
function positions(node: Call, parameters: readonly string[]): number[] | null {
  const result = node.args.map((_, index) => index)
  for (const { key } of node.kwargs) result.push(parameters.indexOf(key))
  const isWrong = result.some((position) => position < 0 || position >= parameters.length)
  return isWrong || new Set(result).size < result.length ? null : result
}

/** The arguments in the order of the parameters, after code that evaluates them in the order in which they stand. */
function ordered(codes: readonly string[], at: readonly number[], unit: Compilation): [string, string[]] {
  const args = Array.from({ length: Math.max(-1, ...at) + 1 }, () => 'undefined')
  const inOrder = at.every((position, index) => index === 0 || position > (at[index - 1] as number))
  const evaluations = codes.map((code, index) => {
    const name = inOrder ? code : unit.temporary()
    args[at[index] as number] = name
    return inOrder ? '' : `${name} = ${code}, `
  })
  return [evaluations.join(''), args]
}

/**
 * The code of a printed call of a macro of this template: its function called with its arguments in place, where
 * the call is surely one of that macro and its arguments fit; else null.
 */
export function directCall(unit: Compilation, node: Call, frame: Frame): string | null {
  if (unit.host.isAsync || unit.host.sandboxed || node.dynArgs !== null || node.dynKwargs !== null)
    return null
  if (node.node.type !== 'Name') return null
  const macro = frame.findMacro(frame.symbols.findRef(node.node.name))
  const at = macro === null ? null : positions(node, macro.parameters)
  if (macro === null || at === null) return null
  const values = [...node.args, ...node.kwargs.map(({ value }) => value)]
  const codes = values.map((value) => unit.expression(value, frame))
  const [before, args] = ordered(codes, at, unit)
  const call = `${macro.body}(${args.join(', ')})`
  const text = frame.evalContext.autoescape ? `${unit.runtime('macroText')}(ctx, ${call})` : call
  return before === '' ? text : `(${before}${text})`
}
