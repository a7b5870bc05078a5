import { Markup } from '@flask-ts/markupsafe'
import { braceFormat, escapingHost, type FormatHost } from '@flask-ts/markupsafe/formatting'
import { SecurityError } from '../errors.ts'
import { attributeOf } from '../python/attributes.ts'
import { type Callable, Kwargs } from '../python/call.ts'
import { FORMAT_HOST, htmlText } from '../python/format-host.ts'
import { isNumber, isPlainObject, isText, typeName } from '../python/kinds.ts'
import { methodsOf } from '../python/methods.ts'
import { print, quote } from '../python/print.ts'
import { MISSING } from '../python/protocol.ts'
import { defineFunction } from '../python/signature.ts'
import { namedValues } from '../python/str-methods.ts'
import { subscript } from '../python/subscript.ts'
import { TEMPLATE_ATTRIBUTE, type TemplateAttributes } from '../runtime/lookup.ts'
import { Undefined, type UndefinedClass } from '../undefined/undefined.ts'
import { checkMethodSize, checkSize } from './limits.ts'
import { isSpecialAttribute } from './python-attributes.ts'

/** What looking up in a sandbox needs of its environment. */
export interface SandboxHost {
  readonly undefined: UndefinedClass
  isSafeAttribute(obj: unknown, name: string, value: unknown): boolean
}

/** An undefined value that throws a SecurityError when it is used. */
function unsafeUndefined(env: SandboxHost, obj: unknown, name: string): Undefined {
  const hint = `access to attribute ${quote(name)} of ${quote(typeName(obj))} object is unsafe.`
  return new env.undefined(hint, obj, name, SecurityError)
}

/** How format strings see values in a sandbox: through its checks. */
function sandboxedFormatHost(env: SandboxHost): FormatHost {
  return {
    ...FORMAT_HOST,
    checkWidth: checkSize,
    getAttribute: (value, name) => getAttributeSandboxed(env, value, name),
    getItem: (value, key) => getItemSandboxed(env, value, key),
  }
}

function formatter(env: SandboxHost, text: string | Markup, isMap: boolean): Callable {
  const plain = sandboxedFormatHost(env)
  const host = text instanceof Markup ? escapingHost(plain, htmlText) : plain
  const format = (positional: unknown[], named: unknown): unknown => {
    const out = braceFormat(print(text), { positional, named: namedValues(named) }, host)
    return text instanceof Markup ? new Markup(out) : out
  }
  return isMap
    ? defineFunction('format_map(mapping, /)', (mapping: unknown) => format([], mapping))
    : defineFunction('format(*args, **kwargs)', format)
}

function boundMethod(env: SandboxHost, value: unknown, name: string, method: Callable): Callable {
  if (isText(value) && (name === 'format' || name === 'format_map')) {
    return formatter(env, value, name === 'format_map')
  }
  return defineFunction(`${name}(*args, **kwargs)`, (args: unknown[], named: Record<string, unknown>) => {
    checkMethodSize(value, name, args)
    return Object.keys(named).length === 0
      ? method(value, ...args)
      : method(value, ...args, new Kwargs(named))
  })
}

/** A value that an object of the host has, without running any accessor to find out. */
function hostProperty(env: SandboxHost, value: object, name: string): unknown {
  if (!(name in value)) return MISSING
  if (!env.isSafeAttribute(value, name, undefined)) return unsafeUndefined(env, value, name)
  const found: unknown = (value as Record<string, unknown>)[name]
  if (found === undefined) return MISSING
  return typeof found === 'function' && !Object.hasOwn(value, name) ? found.bind(value) : found
}

// As in Python a special name that it lacks is looked for as an item, which then throws.
function undefinedAttribute(value: Undefined, name: string): unknown {
  return name.startsWith('__') && name.endsWith('__') ? MISSING : value.getAttribute(name)
}

/**
 * The attribute of a value as a sandbox shows it: the value, an unsafe undefined, or {@link MISSING}.
 */
export function findAttributeSandboxed(env: SandboxHost, value: unknown, name: string): unknown {
  if (isSpecialAttribute(value, name)) return unsafeUndefined(env, value, name)
  if (value instanceof Undefined) return undefinedAttribute(value, name)
  const methods = methodsOf(value)
  const method = methods?.[name]
  if (method !== undefined) {
    if (!env.isSafeAttribute(value, name, method)) return unsafeUndefined(env, value, name)
    return boundMethod(env, value, name, method)
  }
  if (isNumber(value)) return attributeOf(value, name)
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return MISSING
  const own = (value as Partial<TemplateAttributes>)[TEMPLATE_ATTRIBUTE]
  if (own !== undefined) {
    const found = own.call(value, name)
    if (found === MISSING || env.isSafeAttribute(value, name, found)) return found
    return unsafeUndefined(env, value, name)
  }
  return methods === null ? hostProperty(env, value, name) : MISSING
}

// A getter is code of the host that a template must not be able to run, not even in a plain object.
function itemOf(env: SandboxHost, value: unknown, key: unknown): unknown {
  if (isPlainObject(value) && isText(key)) {
    const property = Object.getOwnPropertyDescriptor(value, print(key))
    if (property?.get !== undefined) return unsafeUndefined(env, value, print(key))
  }
  const item = subscript(value, key)
  return item === undefined ? null : item
}

/** `value.name` in a sandbox: the attribute, else the item, else an undefined value. */
export function getAttributeSandboxed(env: SandboxHost, value: unknown, name: string): unknown {
  const attribute = findAttributeSandboxed(env, value, name)
  if (attribute !== MISSING) return attribute
  const item = itemOf(env, value, name)
  return item === MISSING ? new env.undefined(null, value ?? null, name) : item
}

/** `value[key]` in a sandbox: the item, else the attribute, else an undefined value. */
export function getItemSandboxed(env: SandboxHost, value: unknown, key: unknown): unknown {
  const item = itemOf(env, value, key)
  if (item !== MISSING) return item
  if (isText(key)) {
    const attribute = findAttributeSandboxed(env, value, print(key))
    if (attribute !== MISSING) return attribute
  }
  return new env.undefined(null, value ?? null, key)
}
