import { Markup } from '@flask-ts/markupsafe'
import { attributeOf as builtInAttribute } from '../python/attributes.ts'
import { type Callable, callFunction, TAKES_KWARGS, takesKwargs } from '../python/call.ts'
import { PyDict } from '../python/dict.ts'
import { isPlainObject } from '../python/kinds.ts'
import { bindMethod, methodsOf } from '../python/methods.ts'
import { MISSING } from '../python/protocol.ts'
import { subscript } from '../python/subscript.ts'
import { Tuple } from '../python/tuple.ts'
import { Undefined, type UndefinedClass } from '../undefined/undefined.ts'

/** How an object of the engine answers for an attribute: the value, or {@link MISSING}. */
export const TEMPLATE_ATTRIBUTE: unique symbol = Symbol('template attribute')

/** An object whose attributes are not its properties. */
export interface TemplateAttributes {
  [TEMPLATE_ATTRIBUTE](name: string): unknown
}

/** What looking up needs of an environment. */
export interface LookupHost {
  readonly undefined: UndefinedClass
  /** Another spelling under which an attribute of an object of the host is looked for, if there is one. */
  readonly alternateName: ((name: string) => string | null) | null
}

const builtins = new Set<unknown>([Map, PyDict, Set, Array, Tuple])

function bound(fn: Callable, self: object): Callable {
  const result: Callable = (...args) => callFunction(fn, self, args)
  return TAKES_KWARGS in fn ? takesKwargs(result) : result
}

/** A property of an object of the host. What every object inherits is no attribute. */
function hostAttribute(value: object, name: string): unknown {
  if (name in Object.prototype) return MISSING
  const found = (value as Record<string, unknown>)[name]
  if (found === undefined) return MISSING
  if (typeof found !== 'function' || Object.hasOwn(value, name)) return found
  return bound(found as Callable, value)
}

/** An own property of a function that was given to it; not what all functions have. */
function functionAttribute(value: object, name: string): unknown {
  const info = (value as Partial<TemplateAttributes>)[TEMPLATE_ATTRIBUTE]
  if (info !== undefined) return info.call(value, name)
  const property = Object.getOwnPropertyDescriptor(value, name)
  return property?.enumerable === true ? (value as Record<string, unknown>)[name] : MISSING
}

function objectAttribute(value: object, name: string): unknown {
  if (value instanceof Undefined) return value.getAttribute(name)
  const own = (value as Partial<TemplateAttributes>)[TEMPLATE_ATTRIBUTE]
  if (own !== undefined) return own.call(value, name)
  const methods = methodsOf(value)
  if (methods === null) return hostAttribute(value, name)
  const method = methods[name]
  if (method !== undefined) return bindMethod(method, value)
  // Subclasses that a program made of the built-in collections have attributes of their own.
  const ofHost = !isPlainObject(value) && !(value instanceof Markup) && !builtins.has(value.constructor)
  return ofHost ? hostAttribute(value, name) : MISSING
}

/** Python's `getattr` for the values of templates, without the item as a substitute. */
export function attributeOf(value: unknown, name: string): unknown {
  if (typeof value === 'function') return functionAttribute(value, name)
  return typeof value === 'object' && value !== null
    ? objectAttribute(value, name)
    : builtInAttribute(value, name)
}

/** An object of the host that holds values under keys, as `Map`, `Headers` and `FormData` do. */
interface KeyedStore {
  get(key: unknown): unknown
  has(key: unknown): boolean
}

function isKeyedStore(value: object): value is KeyedStore {
  const store = value as Partial<KeyedStore>
  return typeof store.get === 'function' && typeof store.has === 'function'
}

/** Python's `value[key]` for the values of templates. */
function itemOf(value: unknown, key: unknown): unknown {
  const found = subscript(value, key)
  if (found !== MISSING || typeof value !== 'object' || value === null)
    return found === undefined ? null : found
  if (methodsOf(value) !== null || TEMPLATE_ATTRIBUTE in value || !isKeyedStore(value)) return MISSING
  return value.has(key) ? value.get(key) : MISSING
}

function otherSpelling(env: LookupHost, value: unknown, name: string): unknown {
  if (env.alternateName === null || typeof value !== 'object' || value === null) return MISSING
  const other = env.alternateName(name)
  return other === null || isPlainObject(value) ? MISSING : attributeOf(value, other)
}

/** `value.name` in a template: the attribute, else the item, else an undefined value. */
export function getAttribute(env: LookupHost, value: unknown, name: string): unknown {
  const attribute = attributeOf(value, name)
  if (attribute !== MISSING) return attribute
  const item = itemOf(value, name)
  if (item !== MISSING) return item
  const other = otherSpelling(env, value, name)
  return other !== MISSING ? other : new env.undefined(null, value ?? null, name)
}

/** `value[key]` in a template: the item, else the attribute, else an undefined value. */
export function getItem(env: LookupHost, value: unknown, key: unknown): unknown {
  const item = itemOf(value, key)
  if (item !== MISSING) return item
  if (typeof key === 'string' || key instanceof Markup) {
    const name = String(key)
    const attribute = attributeOf(value, name)
    if (attribute !== MISSING) return attribute
    const other = otherSpelling(env, value, name)
    if (other !== MISSING) return other
  }
  return new env.undefined(null, value ?? null, key)
}
