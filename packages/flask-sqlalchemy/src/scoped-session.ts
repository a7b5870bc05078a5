import type { Session } from './session.ts'

/** `db.session`: every name is that of the current context's session. */
export type ScopedSession<S extends Session = Session> = S & {
  /** The session itself. */
  (): S
  /** Ends the current session: rolls back, forgets all objects and gives the connections back. */
  remove(): Promise<void>
}

/** The sessions of scopes, such as application contexts; one that is forgotten is not kept alive. */
export class SessionRegistry<S extends Session> {
  readonly #sessions = new WeakMap<object, S>()
  readonly #create: () => S
  readonly #scope: () => object

  constructor(create: () => S, scope: () => object) {
    this.#create = create
    this.#scope = scope
  }

  /** The current scope's session, made on first use. */
  get current(): S {
    const scope = this.#scope()
    let session = this.#sessions.get(scope)
    if (session === undefined) {
      session = this.#create()
      this.#sessions.set(scope, session)
    }
    return session
  }

  /** Ends the current scope's session; `undefined` at once where there is none. */
  remove(): Promise<void> | undefined {
    const scope = this.#scope()
    const session = this.#sessions.get(scope)
    this.#sessions.delete(scope)
    return session?.close()
  }
}

/** Makes the object that stands for the session of whatever scope is current. */
export function scopedSession<S extends Session>(registry: SessionRegistry<S>): ScopedSession<S> {
  const remove = async (): Promise<void> => {
    await registry.remove()
  }
  return new Proxy((() => registry.current) as unknown as ScopedSession<S>, {
    get(_target, name) {
      if (name === 'remove') return remove
      const session = registry.current
      const value: unknown = Reflect.get(session, name, session)
      return typeof value === 'function' ? value.bind(session) : value
    },
    set(_target, name, value) {
      const session = registry.current
      return Reflect.set(session, name, value, session)
    },
    has: (_target, name) => name in registry.current,
  })
}
