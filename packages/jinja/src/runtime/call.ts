import { SecurityError } from '../errors.ts'
import { type Callable, callFunction, Kwargs } from '../python/call.ts'
import { dictEntries } from '../python/dict.ts'
import { isDict, typeName } from '../python/kinds.ts'
import { methodNamed, methodsOf } from '../python/methods.ts'
import { print, repr } from '../python/print.ts'
import { passedArgument } from '../python/signature.ts'
import { Undefined } from '../undefined/undefined.ts'
import { getAttribute, type LookupHost, TEMPLATE_ATTRIBUTE } from './lookup.ts'
import { invokeMacro, MACRO, type MacroFunction } from './macro.ts'
import { isPromise } from './promise.ts'

/** How an object of the engine is called: `args` may end with a `Kwargs`. */
export const CALL: unique symbol = Symbol('call')

/** Variables of a place beside those of the context, if there are any. */
type Variables = Record<string, unknown> | null

/** What calling needs of a context. */
export interface CallContext {
  readonly environment: LookupHost & { isSafeCallable(value: unknown): boolean }
  readonly evalCtx: { readonly autoescape: boolean }
  derived(locals: Record<string, unknown>): CallContext
}

function passArgument(context: CallContext, fn: unknown, args: unknown[], vars: Variables): void {
  switch (passedArgument(fn)) {
    case 'context':
      args.unshift(vars === null || Object.keys(vars).length === 0 ? context : context.derived(vars))
      return
    case 'evalContext':
      args.unshift(context.evalCtx)
      return
    case 'environment':
      args.unshift(context.environment)
  }
}

function callObject(value: unknown, args: unknown[]): unknown {
  if (value instanceof Undefined) return value.failWithUndefinedError()
  const own = (value as { [CALL]?: (args: unknown[]) => unknown } | null | undefined)?.[CALL]
  if (own === undefined) throw new TypeError(`'${typeName(value)}' object is not callable`)
  return own.call(value, args)
}

function callAs(context: CallContext, fn: unknown, self: unknown, args: unknown[], vars: Variables): unknown {
  if (typeof fn !== 'function') return callObject(fn, args)
  const macro = (fn as Partial<MacroFunction>)[MACRO]
  if (macro !== undefined) return invokeMacro(macro, args, context.evalCtx.autoescape)
  passArgument(context, fn, args, vars)
  const result = callFunction(fn as Callable, self, args)
  return result === undefined ? null : result
}

/**
 * Calls a value of a template; what gives nothing gives None.
 *
 * @param vars Variables of the place that functions with access to the context must see.
 */
export function callWithContext(
  context: CallContext,
  fn: unknown,
  args: unknown[],
  vars: Variables = null,
): unknown {
  return callAs(context, fn, undefined, args, vars)
}

/**
 * Calls a value of a template in a sandbox.
 *
 * @throws SecurityError if the sandbox does not allow it.
 */
export function callSandboxed(
  context: CallContext,
  fn: unknown,
  args: unknown[],
  vars: Variables = null,
): unknown {
  if (!context.environment.isSafeCallable(fn)) {
    throw new SecurityError(`${repr(fn)} is not safely callable`)
  }
  return callAs(context, fn, undefined, args, vars)
}

/** Calls a method: `value.name(...)`. A function of the host gets the value as its `this`. */
export function callAttribute(
  context: CallContext,
  value: unknown,
  name: string,
  args: unknown[],
  vars: Variables = null,
): unknown {
  const method = methodNamed(value, name)
  if (method !== undefined) return method(value, ...args)
  if (typeof value === 'object' && value !== null && !(name in Object.prototype)) {
    const fn = (value as Record<string, unknown>)[name]
    if (typeof fn === 'function' && isOwnMethod(value, name)) return callAs(context, fn, value, args, vars)
  }
  const fn = getAttribute(context.environment, value, name)
  if (isPromise(fn)) return fn.then((ready) => callWithContext(context, ready, args, vars))
  return callWithContext(context, fn, args, vars)
}

/** The object of a method that is to be called; undefined ones fail as if the method were looked up. */
export function methodTarget(value: unknown, name: string): unknown {
  return value instanceof Undefined ? value.getAttribute(name) : value
}

function isOwnMethod(value: object, name: string): boolean {
  if (TEMPLATE_ATTRIBUTE in value || value instanceof Undefined) return false
  // What a list or a dict inherits from JavaScript is no method of it.
  return methodsOf(value) === null || Object.hasOwn(value, name)
}

/**
 * The named arguments of a call with `**more`.
 *
 * @returns Nothing if there are none, else one `Kwargs`.
 * @throws TypeError if a name is given twice, or `more` is no mapping of names.
 */
export function mergeKwargs(given: Record<string, unknown>, more: unknown): Kwargs[] {
  if (more instanceof Undefined) more.failWithUndefinedError()
  if (!isDict(more)) throw new TypeError(`argument after ** must be a mapping, not ${typeName(more)}`)
  const values = given
  for (const [key, value] of dictEntries(more)) {
    const name = print(key)
    if (typeof key !== 'string') throw new TypeError('keywords must be strings')
    if (Object.hasOwn(values, name)) throw new TypeError(`got multiple values for keyword argument '${name}'`)
    Object.defineProperty(values, name, { value, enumerable: true, writable: true, configurable: true })
  }
  return Object.keys(values).length === 0 ? [] : [new Kwargs(values)]
}
