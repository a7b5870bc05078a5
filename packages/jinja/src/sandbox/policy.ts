import { isDict } from '../python/kinds.ts'
import { methodsOf } from '../python/methods.ts'
import { TEMPLATE_ATTRIBUTE } from '../runtime/lookup.ts'

const SAFE: unique symbol = Symbol('safe attributes')

/** A function or class that says it must not be called from a sandbox. */
interface MarkedCallable {
  readonly unsafeCallable?: boolean
  readonly unsafe_callable?: boolean
  readonly altersData?: boolean
  readonly alters_data?: boolean
}

/** Marks a function as one that a sandbox never calls. */
export function unsafe<F extends (...args: never[]) => unknown>(fn: F): F {
  Object.defineProperty(fn, 'unsafeCallable', { value: true })
  return fn
}

/**
 * Lets sandboxed templates read attributes of a class that they would not see by themselves.
 *
 * By themselves they see only the values that an object itself holds: no methods and no accessors.
 *
 * @param target The class, or a single object.
 * @param names The methods and accessors that are harmless.
 */
export function allowAttributes(target: object, names: Iterable<string>): void {
  const owner = typeof target === 'function' ? (target as { prototype: object }).prototype : target
  Object.defineProperty(owner, SAFE, { value: new Set(names), configurable: true })
}

function functionConstructors(): unknown[] {
  const samples = [() => undefined, async () => undefined, function* () {}, async function* () {}]
  return samples.map((sample) => Object.getPrototypeOf(sample).constructor)
}

function staticsOf(target: object): unknown[] {
  return Object.getOwnPropertyNames(target).map(
    (name) => Object.getOwnPropertyDescriptor(target, name)?.value,
  )
}

let forbidden: ReadonlySet<unknown> | null = null

// What makes code of text, or changes or shows the inside of objects, even if a program hands it over.
function forbiddenCallables(): ReadonlySet<unknown> {
  forbidden ??= new Set(
    [
      ...functionConstructors(),
      // biome-ignore lint/security/noGlobalEval: it is named to be refused
      globalThis.eval,
      Proxy,
      Object,
      ...staticsOf(Object),
      ...staticsOf(Object.prototype),
      ...staticsOf(Function.prototype),
      ...staticsOf(Reflect),
    ].filter((value) => typeof value === 'function'),
  )
  return forbidden
}

/** Whether a sandbox may call a value: what is no function fails later, for another reason. */
export function isSafeCallable(value: unknown): boolean {
  if (typeof value !== 'function') return true
  const marked = value as MarkedCallable
  const isMarked = marked.unsafeCallable || marked.unsafe_callable || marked.altersData || marked.alters_data
  return !isMarked && !forbiddenCallables().has(value)
}

const NEVER: ReadonlySet<string> = new Set(['constructor', 'prototype', 'caller', 'callee', 'arguments'])

/**
 * Whether a sandbox shows an attribute.
 *
 * It is an allow-list: the Python methods of built-in values, what objects of the engine offer, values that
 * an object of the host holds itself, and what {@link allowAttributes} named. Nothing with a leading underscore.
 *
 * @param obj Whose attribute it is.
 */
export function isSafeAttribute(obj: unknown, name: string): boolean {
  if (name.startsWith('_') || NEVER.has(name)) return false
  const methods = methodsOf(obj)
  if (methods?.[name] !== undefined) return true
  if ((typeof obj !== 'object' && typeof obj !== 'function') || obj === null) return false
  if (TEMPLATE_ATTRIBUTE in obj) return true
  const allowed = (obj as { [SAFE]?: ReadonlySet<string> })[SAFE]
  if (allowed?.has(name)) return true
  return isOwnValue(obj, name)
}

function isOwnValue(obj: object, name: string): boolean {
  if (isDict(obj)) return false
  const property = Object.getOwnPropertyDescriptor(obj, name)
  return property !== undefined && 'value' in property && property.enumerable === true
}

const MUTATORS = {
  list: new Set(['append', 'clear', 'extend', 'insert', 'pop', 'remove', 'reverse', 'sort']),
  dict: new Set(['clear', 'pop', 'popitem', 'setdefault', 'update']),
  set: new Set([
    'add',
    'clear',
    'difference_update',
    'discard',
    'pop',
    'remove',
    'symmetric_difference_update',
    'update',
  ]),
}

/** Whether a method changes a list, dict or set. */
export function modifiesKnownMutable(obj: unknown, name: string): boolean {
  if (Array.isArray(obj)) return MUTATORS.list.has(name)
  if (isDict(obj)) return MUTATORS.dict.has(name)
  return obj instanceof Set && MUTATORS.set.has(name)
}
