import { localProxy } from '@flask-ts/werkzeug/local'

/** What the proxies of Flask have beside the members of their object. */
export interface ProxyExtras<T> {
  /** The object itself, for signals and comparisons. */
  getCurrentObject(): T
}

/**
 * An object that always behaves as another one, which is looked up at each use.
 *
 * @param locate - Throws where there is none.
 * @param prototype - That of the objects; their members are then reached several times faster.
 */
export function makeProxy<T extends object>(locate: () => T, prototype: object): T & ProxyExtras<T> {
  const proxy = localProxy(locate, { prototype })
  return Object.defineProperty(proxy, 'getCurrentObject', { value: locate }) as T & ProxyExtras<T>
}
