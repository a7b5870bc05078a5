import type { NullSessionMark } from './null-session.ts'
import type { SessionData, SessionMixin } from './session.ts'

/** The methods of a session beside its entries; an entry of the same name is reached with `get` and `set`. */
export interface SessionMethods extends SessionMixin {
  /** The value of a key, or the default where it is not set. */
  get(key: string): unknown
  get<D>(key: string, fallback: D): unknown
  /** Takes a value out; without a default, a missing key is an error. */
  pop(key: string, ...fallback: readonly unknown[]): unknown
  /** Sets a key that has no value yet, and gives its value. */
  setdefault<V>(key: string, value: V): V
  /** Sets all keys of a mapping. */
  update(values: Readonly<Record<string, unknown>>): void
  clear(): void
  /**
   * Gives a session on the server a new identifier; call it when somebody logs in. One in a cookie has none, and is
   * only written anew.
   */
  regenerate(): void
  /** How many entries there are. */
  readonly size: number
  toDict(): Record<string, unknown>
}

/** What `session` is: its entries as properties, and its methods. */
export type SessionView<Data = SessionData> = Data & SessionMethods

/** A key was taken from the session that is not there, and no default was given. */
export class MissingSessionKeyError extends Error {
  override readonly name = 'MissingSessionKeyError'
}

/** A default may stand alone, as in Python, or in an object of options, as elsewhere in this framework. */
function plainDefault(given: unknown): unknown {
  const isOptions = typeof given === 'object' && given !== null && 'default' in given
  return isOptions && Object.keys(given).length === 1 ? given.default : given
}

function getEntry(session: SessionMixin, key: string, fallback: readonly unknown[]): unknown {
  const value = session.get(key)
  return value === undefined && fallback.length > 0 && !session.has(key) ? plainDefault(fallback[0]) : value
}

function isNull(session: SessionMixin): boolean {
  return (session as Partial<NullSessionMark>).isNullSession === true
}

function popEntry(session: SessionMixin, key: string, fallback: readonly unknown[]): unknown {
  if (session.has(key)) {
    const value = session.get(key)
    session.delete(key)
    return value
  }
  if (fallback.length > 0) return plainDefault(fallback[0])
  throw new MissingSessionKeyError(
    `The session has no '${key}'. Set it first, or give a default to session.pop().`,
  )
}

/** The methods that work on any session, also on one that brings only what `SessionMixin` asks for. */
const methods: Readonly<Record<string, (session: SessionMixin, ...args: never[]) => unknown>> = {
  get: (session, key: string, ...fallback: readonly unknown[]) => getEntry(session, key, fallback),
  pop: (session, key: string, ...fallback: readonly unknown[]) => popEntry(session, key, fallback),
  setdefault(session, key: string, value: unknown) {
    if (!session.has(key)) session.set(key, value)
    return session.get(key)
  },
  update(session, values: Readonly<Record<string, unknown>>) {
    for (const [key, value] of Object.entries(values ?? {})) session.set(key, value)
    // Python's dictionaries report an update even if it brings nothing.
    session.modified = true
  },
  clear(session) {
    // An empty session that is cleared still counts as changed: its cookie is deleted.
    session.modified = true
    for (const key of [...session.keys()]) session.delete(key)
  },
  regenerate(session) {
    const { regenerate } = session as { regenerate?: () => void }
    if (regenerate === undefined) session.modified = true
    else regenerate.call(session)
  },
  toDict: (session) => Object.fromEntries(Array.from(session.keys(), (key) => [key, session.get(key)])),
}

const CHANGING = new Set(['pop', 'setdefault', 'update', 'clear'])

function read(session: SessionMixin, name: string | symbol): unknown {
  if (typeof name === 'string' && Object.hasOwn(methods, name)) {
    const method = methods[name]!
    // The session that is none refuses every change, also one that would change nothing.
    if (CHANGING.has(name) && isNull(session)) return () => session.delete(name)
    return (...args: never[]) => method(session, ...args)
  }
  if (name === 'size') return [...session.keys()].length
  if (name === 'new') return session.new ?? false
  if (Reflect.has(session, name)) {
    const value: unknown = Reflect.get(session, name, session)
    return typeof value === 'function' && name !== 'constructor' ? value.bind(session) : value
  }
  return typeof name === 'string' ? session.get(name) : undefined
}

/**
 * A session with its entries as properties: `session.user = 'ada'`, `delete session.user`, `'user' in session`.
 *
 * @param locate - Gives the session of the moment; throws where there is none.
 */
export function sessionView(locate: () => SessionMixin): SessionView {
  const handler: ProxyHandler<object> = {
    get: (_stand, name) => (name === 'getCurrentObject' ? () => locate() : read(locate(), name)),
    set(_stand, name, value) {
      const session = locate()
      if (typeof name === 'symbol' || Reflect.has(session, name))
        return Reflect.set(session, name, value, session)
      session.set(name, value)
      return true
    },
    has: (_stand, name) => typeof name === 'string' && locate().has(name),
    deleteProperty(_stand, name) {
      if (typeof name === 'string') locate().delete(name)
      return true
    },
    ownKeys: () => [...locate().keys()],
    getPrototypeOf: () => Reflect.getPrototypeOf(locate()),
    getOwnPropertyDescriptor(_stand, name) {
      const session = locate()
      if (typeof name !== 'string' || !session.has(name)) return undefined
      return { value: session.get(name), writable: true, enumerable: true, configurable: true }
    },
  }
  return new Proxy({}, handler) as SessionView
}
