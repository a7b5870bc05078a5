import { Markup } from '@flask-ts/markupsafe'
import { Kwargs, TAKES_KWARGS } from '../python/call.ts'
import { dictFrom } from '../python/dict.ts'
import { quote, repr } from '../python/print.ts'
import { MISSING, PY_REPR, PY_TYPE } from '../python/protocol.ts'
import { tupleFrom } from '../python/tuple.ts'
import type { UndefinedClass } from '../undefined/undefined.ts'
import { TEMPLATE_ATTRIBUTE } from './lookup.ts'
import { isPromise } from './promise.ts'

/** What the compiler knows of a macro. */
export interface MacroInfo {
  /** Null for the body of a call block. */
  readonly name: string | null
  readonly arguments: readonly string[]
  readonly catchKwargs: boolean
  readonly catchVarargs: boolean
  /** Whether the body calls `caller`. */
  readonly caller: boolean
}

/** A macro in one rendering. */
export interface BoundMacro {
  readonly info: MacroInfo
  readonly environment: { readonly undefined: UndefinedClass }
  /** Renders the body; `undefined` stands for arguments that were not given. */
  readonly body: (...args: unknown[]) => unknown
  /** Whether the result is markup when the caller does not say. */
  readonly autoescape: boolean
}

/** The macro behind a function. */
export const MACRO: unique symbol = Symbol('macro')

/** A macro as templates and programs call it. */
export interface MacroFunction {
  (...args: unknown[]): unknown
  readonly [MACRO]: BoundMacro
}

function marked(result: unknown, autoescape: boolean): unknown {
  if (!autoescape) return result
  return isPromise(result) ? result.then((text) => new Markup(text)) : new Markup(result)
}

/** Puts the arguments of a call into the order of the body's parameters. */
function bindArguments(
  macro: BoundMacro,
  given: readonly unknown[],
  kwargs: Record<string, unknown>,
): unknown[] {
  const { info } = macro
  const names = info.arguments
  const bound = given.slice(0, names.length)
  let foundCaller = bound.length === names.length && names.includes('caller')
  const left = Object.fromEntries(Object.entries(kwargs))
  for (const name of names.slice(bound.length)) {
    bound.push(Object.hasOwn(left, name) ? left[name] : undefined)
    delete left[name]
    if (name === 'caller') foundCaller = true
  }
  if (info.caller && !foundCaller) {
    const caller = left.caller ?? null
    delete left.caller
    bound.push(caller ?? new macro.environment.undefined('No caller defined', undefined, 'caller'))
  }
  // Not a plain object: with a key `then` that would be a promise for whoever awaits it.
  if (info.catchKwargs) bound.push(dictFrom(Object.entries(left)))
  else refuseNames(info, left)
  if (info.catchVarargs) bound.push(tupleFrom(given.slice(names.length)))
  else if (given.length > names.length) {
    throw new TypeError(`macro ${repr(info.name)} takes not more than ${names.length} argument(s)`)
  }
  return bound
}

function refuseNames(info: MacroInfo, left: Record<string, unknown>): void {
  const [name] = Object.keys(left)
  if (name === undefined) return
  if (Object.hasOwn(left, 'caller')) {
    throw new TypeError(
      `macro ${repr(info.name)} was invoked with two values for the special caller argument. This is most ` +
        'likely a bug.',
    )
  }
  throw new TypeError(`macro ${repr(info.name)} takes no keyword argument ${quote(name)}`)
}

/**
 * The arguments of a macro without special ones, where nothing is wrong with them.
 *
 * @returns Null if something is, or may be: then {@link bindArguments} finds out.
 */
function bindNamed(
  info: MacroInfo,
  given: readonly unknown[],
  kwargs: Record<string, unknown>,
): unknown[] | null {
  const names = info.arguments
  let left = Object.keys(kwargs).length
  const bound = [...given]
  for (let index = given.length; index < names.length; index++) {
    const name = names[index] as string
    const isGiven = Object.hasOwn(kwargs, name)
    if (isGiven) left--
    bound.push(isGiven ? kwargs[name] : undefined)
  }
  return left === 0 && given.length <= names.length ? bound : null
}

/**
 * Calls a macro.
 *
 * @param args The arguments; the last may be a `Kwargs`.
 * @param autoescape Whether the result is to be markup.
 * @throws TypeError if the macro does not take the arguments.
 */
export function invokeMacro(macro: BoundMacro, args: readonly unknown[], autoescape: boolean): unknown {
  const { info } = macro
  const last = args.length > 0 ? args[args.length - 1] : undefined
  const isPositional = !(last instanceof Kwargs)
  const isSimple = !info.caller && !info.catchKwargs && !info.catchVarargs
  if (isPositional && isSimple && args.length <= info.arguments.length) {
    return marked(macro.body(...args), autoescape)
  }
  const given = isPositional ? args : args.slice(0, -1)
  const kwargs = isPositional ? {} : last.values
  const bound = isSimple ? bindNamed(info, given, kwargs) : null
  return marked(macro.body(...(bound ?? bindArguments(macro, given, kwargs))), autoescape)
}

function attribute(this: MacroFunction, name: string): unknown {
  const { info } = this[MACRO]
  switch (name) {
    case 'name':
      return info.name
    case 'arguments':
      return tupleFrom(info.arguments)
    case 'catch_kwargs':
      return info.catchKwargs
    case 'catch_varargs':
      return info.catchVarargs
    case 'caller':
      return info.caller
    default:
      return MISSING
  }
}

function macroRepr(this: MacroFunction): string {
  const { name } = this[MACRO].info
  return `<Macro ${name === null ? 'anonymous' : quote(name)}>`
}

/** A macro while it is being made. */
interface MutableMacro {
  (...args: unknown[]): unknown
  [MACRO]: BoundMacro
  [TAKES_KWARGS]: boolean
  [TEMPLATE_ATTRIBUTE]: (this: MacroFunction, name: string) => unknown
  [PY_REPR]: (this: MacroFunction) => string
  [PY_TYPE]: string
}

/** A macro of a rendering as a function. */
export function makeMacro(
  environment: BoundMacro['environment'],
  body: BoundMacro['body'],
  info: MacroInfo,
  autoescape: boolean,
): MacroFunction {
  const macro: BoundMacro = { info, environment, body, autoescape }
  const fn = ((...args) => invokeMacro(macro, args, autoescape)) as MutableMacro
  // One by one: this is many times faster than Object.assign, and macros are made in every rendering.
  fn[MACRO] = macro
  fn[TAKES_KWARGS] = true
  fn[TEMPLATE_ATTRIBUTE] = attribute
  fn[PY_REPR] = macroRepr
  fn[PY_TYPE] = 'jinja2.runtime.Macro'
  return fn
}
