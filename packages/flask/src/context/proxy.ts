/** Gives the object that a proxy stands for at the moment. */
export type Locate<T> = () => T

/** What every proxy has beside the members of its object. */
export interface ProxyExtras<T> {
  /** The object itself, for signals and comparisons. */
  getCurrentObject(): T
}

/**
 * An object that always behaves as another one, which is looked up at each use.
 *
 * @param locate - Throws where there is none.
 */
export function makeProxy<T extends object>(locate: Locate<T>): T & ProxyExtras<T> {
  const handler: ProxyHandler<object> = {
    get(_stand, name) {
      const object = locate()
      if (name === 'getCurrentObject') return () => object
      const value: unknown = Reflect.get(object, name, object)
      // Methods may use private fields, which a proxy does not have.
      return typeof value === 'function' && !isClass(name) ? value.bind(object) : value
    },
    set(_stand, name, value) {
      const object = locate()
      return Reflect.set(object, name, value, object)
    },
    has: (_stand, name) => Reflect.has(locate(), name),
    deleteProperty: (_stand, name) => Reflect.deleteProperty(locate(), name),
    ownKeys: () => Reflect.ownKeys(locate()),
    getPrototypeOf: () => Reflect.getPrototypeOf(locate()),
    getOwnPropertyDescriptor(_stand, name) {
      const descriptor = Reflect.getOwnPropertyDescriptor(locate(), name)
      // A proxy may only report what its stand-in could have.
      return descriptor === undefined ? undefined : { ...descriptor, configurable: true }
    },
  }
  return new Proxy({}, handler) as T & ProxyExtras<T>
}

function isClass(name: string | symbol): boolean {
  return name === 'constructor' || (typeof name === 'string' && name.endsWith('Class'))
}
