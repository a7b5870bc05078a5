import { hasHtml, Markup } from '@flask-ts/markupsafe'
import { TemplateRuntimeError, ValueError } from '../errors.ts'
import { type Callable, callFunction, TAKES_KWARGS } from '../python/call.ts'
import { contains } from '../python/contains.ts'
import { dictEntries } from '../python/dict.ts'
import { htmlText } from '../python/format-host.ts'
import { iterate } from '../python/iterate.ts'
import { isDict, typeName } from '../python/kinds.ts'
import { print, quote } from '../python/print.ts'
import { passContext, passEnvironment, passEvalContext, passedArgument } from '../python/signature.ts'
import { Undefined, type UndefinedClass } from '../undefined/undefined.ts'
import type { Context, Variables } from './context.ts'

/** What makes undefined values. */
export interface UndefinedHost {
  readonly undefined: UndefinedClass
}

/** The value of a name that is not there. */
export function undefinedName(env: UndefinedHost, name: string): Undefined {
  return new env.undefined(null, undefined, name)
}

/** The value of a macro's argument that was not given and has no default. */
export function undefinedParameter(env: UndefinedHost, name: string): Undefined {
  return new env.undefined(`parameter ${quote(name)} was not provided`, undefined, name)
}

/** The value of a conditional expression without `else` whose condition is false; never a strict one. */
export function missingElse(hint: string): Undefined {
  return new Undefined(hint)
}

/** Text of a value, escaped. */
export const esc = htmlText

/** Text of a value. */
export const str = print

/** Text of a value, escaped if wanted. */
export function textIf(autoescape: boolean, value: unknown): string {
  return autoescape ? htmlText(value) : print(value)
}

/** Text as markup if wanted. */
export function markupIf(autoescape: boolean, value: unknown): unknown {
  return autoescape ? new Markup(value) : value
}

/** A value as markup, unescaped. */
export function markSafe(value: unknown): Markup {
  return new Markup(hasHtml(value) ? value.__html__() : print(value))
}

/** A value as markup, unescaped, if wanted. */
export function markSafeIf(autoescape: boolean, value: unknown): unknown {
  return autoescape ? markSafe(value) : value
}

/** The text of what a filter block or call block gives, which must be text. */
export function written(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Markup) return value.toString()
  throw new TypeError(`sequence item 0: expected str instance, ${typeName(value)} found`)
}

/** `a ~ b` without escaping. */
export function textJoin(values: readonly unknown[]): string {
  let result = ''
  for (const value of values) result += print(value)
  return result
}

/** `a ~ b` under autoescape: markup as soon as one part is, and then the plain parts are escaped. */
export function markupJoin(values: readonly unknown[]): string | Markup {
  if (!values.some(hasHtml)) return textJoin(values)
  let result = ''
  for (const value of values) result += htmlText(value)
  return new Markup(result)
}

/** `item in container`, in the order in which it is written. */
export function isIn(item: unknown, container: unknown): boolean {
  return contains(container, item)
}

/**
 * The items for an assignment to several targets.
 *
 * @throws ValueError if their number differs, TypeError if the value has no items.
 */
export function unpack(value: unknown, count: number): readonly unknown[] {
  if (Array.isArray(value) && value.length === count) return value
  if (value === null || typeof value === 'number' || typeof value === 'boolean') {
    throw new TypeError(`cannot unpack non-iterable ${typeName(value)} object`)
  }
  const items: unknown[] = []
  for (const item of iterate(value)) {
    if (items.length === count) throw new ValueError(`too many values to unpack (expected ${count})`)
    items.push(item)
  }
  if (items.length < count) {
    throw new ValueError(`not enough values to unpack (expected ${count}, got ${items.length})`)
  }
  return items
}

function forTemplates(fn: Callable): Callable {
  if (TAKES_KWARGS in fn) return fn
  const wrapped: Callable = (...args) => {
    const result = callFunction(fn, undefined, args)
    return result === undefined ? null : result
  }
  switch (passedArgument(fn)) {
    case 'context':
      return passContext(wrapped)
    case 'evalContext':
      return passEvalContext(wrapped)
    case 'environment':
      return passEnvironment(wrapped)
    default:
      return wrapped
  }
}

/** The filters and tests of an environment. */
export interface FilterTables {
  readonly filters: Readonly<Record<string, unknown>>
  readonly tests: Readonly<Record<string, unknown>>
}

function named(table: Readonly<Record<string, unknown>>, kind: string, name: string): Callable {
  const fn = Object.hasOwn(table, name) ? table[name] : undefined
  if (typeof fn === 'function') return forTemplates(fn as Callable)
  return () => {
    throw new TemplateRuntimeError(`No ${kind} named ${quote(name)} found.`)
  }
}

/** A filter of the environment as compiled code calls it; an unknown one throws when it is called. */
export const filter = (env: FilterTables, name: string): Callable => named(env.filters, 'filter', name)

/** A test of the environment; see {@link filter}. */
export const test = (env: FilterTables, name: string): Callable => named(env.tests, 'test', name)

/** A property of an extension, with its object if it is a method. */
export function extensionAttribute(
  env: { readonly extensions: ReadonlyMap<string, object> },
  identifier: string,
  name: string,
): unknown {
  const extension = env.extensions.get(identifier) as Record<string, unknown> | undefined
  const value = extension?.[name]
  return typeof value === 'function' ? value.bind(extension) : value
}

/** A context with the variables of a mapping on top. */
export function overlayContext(context: Context, vars: unknown): Context {
  const entries = isDict(vars) ? dictEntries(vars) : []
  const assigned: Variables = Object.fromEntries(entries.map(([name, value]) => [print(name), value]))
  for (const [name, value] of Object.entries(assigned)) context.setVar(name, value, false)
  return context
}
