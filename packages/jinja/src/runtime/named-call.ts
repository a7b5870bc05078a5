import { escapeText } from '@flask-ts/markupsafe'
import { Kwargs } from '../python/call.ts'
import { MISSING } from '../python/protocol.ts'
import type { Context } from './context.ts'
import { TEMPLATE_ATTRIBUTE } from './lookup.ts'
import { MACRO, type MacroFunction, type MacroInfo } from './macro.ts'
import { printCall, printMethod } from './print-call.ts'
import { TemplateModule } from './templates.ts'

/** A call with named arguments, at one place of a template. */
interface CallSite {
  /** The names of the last arguments. */
  readonly names: readonly string[]
  /** The macro that was called here last, and for each of its parameters the argument's position, or -1. */
  info: MacroInfo | null
  order: readonly number[] | null
}

/** What is known of a place that calls with named arguments. */
export function callSite(names: readonly string[]): CallSite {
  return { names, info: null, order: null }
}

/** Where the parameters of a macro find their arguments; null if that is not as simple as that. */
function argumentOrder(info: MacroInfo, names: readonly string[], positional: number): number[] | null {
  const { arguments: parameters } = info
  if (info.caller || info.catchKwargs || info.catchVarargs || positional > parameters.length) return null
  const fits = names.every((name) => parameters.indexOf(name) >= positional)
  if (!fits || new Set(names).size < names.length) return null
  return parameters.map((name, index) => {
    if (index < positional) return index
    const at = names.indexOf(name)
    return at < 0 ? -1 : positional + at
  })
}

function withKwargs(args: readonly unknown[], names: readonly string[]): unknown[] {
  const positional = args.length - names.length
  const named = Object.fromEntries(names.map((name, index) => [name, args[positional + index]]))
  return [...args.slice(0, positional), new Kwargs(named)]
}

/** The text of what a call gives; the last of the arguments are named, as the call's place says. */
export function printNamed(
  context: Context,
  fn: unknown,
  args: readonly unknown[],
  site: CallSite,
  escaped: boolean,
): string {
  const macro = typeof fn === 'function' ? (fn as unknown as Partial<MacroFunction>)[MACRO] : undefined
  if (macro === undefined) return printCall(context, fn, withKwargs(args, site.names), escaped)
  if (macro.info !== site.info) {
    site.info = macro.info
    site.order = argumentOrder(macro.info, site.names, args.length - site.names.length)
  }
  if (site.order === null) return printCall(context, fn, withKwargs(args, site.names), escaped)
  const bound: unknown[] = []
  for (const at of site.order) bound.push(at < 0 ? undefined : args[at])
  const text = macro.body(...bound) as string
  return escaped && !context.evalCtx.autoescape ? escapeText(text) : text
}

/** The text of what the call of a method gives; see {@link printNamed}. */
export function printNamedMethod(
  context: Context,
  value: unknown,
  name: string,
  args: readonly unknown[],
  site: CallSite,
  escaped: boolean,
): string {
  if (value instanceof TemplateModule) {
    const fn = value[TEMPLATE_ATTRIBUTE](name)
    if (fn !== MISSING) return printNamed(context, fn, args, site, escaped)
  }
  return printMethod(context, value, name, withKwargs(args, site.names), escaped)
}
