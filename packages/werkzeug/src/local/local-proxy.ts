import { inspect } from 'node:util'
import { UnboundError } from './unbound-error.ts'

/** How a proxy is made. */
export interface LocalProxyOptions {
  /**
   * The prototype of the objects that it will stand for, such as `Request.prototype`. Their members are then reached
   * through ordinary accessors, several times faster. Not for objects whose properties are deleted.
   */
  readonly prototype?: object
}

type Bag = Record<PropertyKey, unknown>
type AnyFunction = (...args: never[]) => unknown

const getters = new WeakMap<object, () => object>()
const boundMethods = new WeakMap<
  object,
  Map<PropertyKey, readonly [method: AnyFunction, bound: AnyFunction]>
>()

/** A method bound to its object, the same one each time: with the proxy as `this` private fields would be out of reach. */
function boundMethod(object: object, key: PropertyKey, method: AnyFunction): AnyFunction {
  let methods = boundMethods.get(object)
  if (methods === undefined) {
    methods = new Map()
    boundMethods.set(object, methods)
  }
  const known = methods.get(key)
  if (known !== undefined && known[0] === method) return known[1]
  const bound = method.bind(object as never) as AnyFunction
  methods.set(key, [method, bound])
  return bound
}

function read(object: object, key: PropertyKey): unknown {
  const value = (object as Bag)[key]
  if (typeof value !== 'function' || key === 'constructor' || Object.hasOwn(object, key)) return value
  return boundMethod(object, key, value as AnyFunction)
}

/** The current object, or another where there is none. */
function currentOr<T>(current: () => object, other: T): object | T {
  try {
    return current()
  } catch {
    // Whatever `current` throws says that there is no object now.
    return other
  }
}

function forwardingHandler(current: () => object): ProxyHandler<object> {
  return {
    get: (_, key) => read(current(), key),
    set: (_, key, value) => Reflect.set(current(), key, value),
    has: (_, key) => Reflect.has(current(), key),
    deleteProperty: (_, key) => Reflect.deleteProperty(current(), key),
    ownKeys: () => Reflect.ownKeys(current()),
    // `instanceof`, and printing, must work where there is no object.
    getPrototypeOf: () => Reflect.getPrototypeOf(currentOr(current, {})),
    defineProperty: (_, key, descriptor) => Reflect.defineProperty(current(), key, descriptor),
    getOwnPropertyDescriptor(_, key) {
      const descriptor = Reflect.getOwnPropertyDescriptor(current(), key)
      // A proxy may not call a property permanent that its own target lacks.
      return descriptor === undefined ? undefined : { ...descriptor, configurable: true }
    },
  }
}

/** What a proxy looks like in a log: what it stands for, or that it stands for nothing. */
function shower(current: () => object): () => unknown {
  return () => currentOr(current, '<LocalProxy unbound>')
}

function forwarder(current: () => object, key: PropertyKey, isMethod: boolean): PropertyDescriptor {
  const set = (value: unknown): void => {
    Reflect.set(current(), key, value)
  }
  if (!isMethod) return { configurable: true, get: () => (current() as Bag)[key], set }
  const method = (...args: unknown[]): unknown => {
    const object = current() as Record<PropertyKey, (...args: unknown[]) => unknown>
    return object[key]!(...args)
  }
  return { configurable: true, get: () => method, set }
}

/** An object with an accessor for each member of a prototype; what it lacks is looked up in the proxy behind it. */
function facade(proxy: object, current: () => object, prototype: object): object {
  const front: object = Object.create(proxy)
  const show = shower(current)
  // Printing asks for the constructor first, and has to work where there is no object.
  Object.defineProperties(front, {
    [inspect.custom]: { value: show },
    constructor: { get: () => (show() as object).constructor },
  })
  for (let level: object | null = prototype; level !== null && level !== Object.prototype; ) {
    for (const key of Reflect.ownKeys(level)) {
      if (Object.hasOwn(front, key)) continue
      const { value } = Reflect.getOwnPropertyDescriptor(level, key)!
      Object.defineProperty(front, key, forwarder(current, key, typeof value === 'function'))
    }
    level = Object.getPrototypeOf(level)
  }
  return front
}

/**
 * Makes an object that stands for whatever `current` returns at the moment of each use.
 *
 * Properties, methods, `in`, `instanceof`, iteration and assignment reach the object behind it.
 *
 * @param current - Returns the object, or throws where there is none. It is called for every use, so it must be quick.
 * @see https://werkzeug.palletsprojects.com/en/stable/local/#werkzeug.local.LocalProxy
 */
export function localProxy<T extends object>(current: () => T, options: LocalProxyOptions = {}): T {
  const proxy = new Proxy({ [inspect.custom]: shower(current) }, forwardingHandler(current))
  const made = options.prototype === undefined ? proxy : facade(proxy, current, options.prototype)
  getters.set(made, current)
  return made as T
}

/** Whether an object is a proxy that `localProxy` made. */
export function isLocalProxy(value: object): boolean {
  return getters.has(value)
}

/**
 * The object that a proxy stands for now, for code that must keep it or use it often.
 *
 * @param value - A proxy; anything else comes back as it is.
 * @throws What the proxy throws outside of a context, mostly `UnboundError`.
 */
export function currentObject<T extends object>(value: T): T {
  const current = getters.get(value)
  return current === undefined ? value : (current() as T)
}

/**
 * A function for `localProxy` that takes an object from somewhere, and fails with a message where there is none.
 *
 * @param find - Returns the object or `undefined`.
 * @param unboundMessage - What the error says.
 */
export function boundOrThrow<T>(find: () => T | undefined, unboundMessage?: string): () => T {
  return () => {
    const object = find()
    if (object === undefined) throw new UnboundError(unboundMessage)
    return object
  }
}
