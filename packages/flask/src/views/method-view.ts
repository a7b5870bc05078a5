import { request } from '../globals.ts'
import type { UrlValues } from '../scaffold/view-endpoint.ts'
import { View } from './view.ts'

const METHOD_NAMES = ['delete', 'get', 'head', 'options', 'patch', 'post', 'put', 'trace'] as const

/** A request has a method that a `MethodView` was registered for, but does not have. */
export class UnimplementedMethodError extends Error {
  override readonly name = 'UnimplementedMethodError'

  constructor(type: string, method: string) {
    super(
      `Unimplemented method '${method}' in ${type}. Add it to the class, or take it out of the rule's methods.`,
    )
  }
}

/**
 * A class whose methods `get`, `post`, ... answer requests of these methods.
 *
 *     class Books extends MethodView {
 *       get({ bookId }: { bookId: number }) { ... }
 *       delete({ bookId }: { bookId: number }) { ... }
 *     }
 *
 * @see https://flask.palletsprojects.com/views/#method-dispatching-and-apis
 */
export abstract class MethodView extends View {
  static {
    // Computed for each subclass, which may still replace it by a list of its own.
    Object.defineProperty(MethodView, 'methods', {
      configurable: true,
      get(this: typeof MethodView) {
        const has = (name: string): boolean => typeof Reflect.get(this.prototype, name) === 'function'
        const found = METHOD_NAMES.filter(has).map((name) => name.toUpperCase())
        return found.length > 0 ? found : undefined
      },
      set(this: typeof MethodView, value: readonly string[]) {
        Object.defineProperty(this, 'methods', {
          value,
          writable: true,
          configurable: true,
          enumerable: true,
        })
      },
    })
  }

  override dispatchRequest(params: UrlValues): unknown {
    const { method } = request
    const own: unknown = Reflect.get(this, method.toLowerCase())
    const view = own === undefined && method === 'HEAD' ? Reflect.get(this, 'get') : own
    if (typeof view !== 'function') throw new UnimplementedMethodError(this.constructor.name, method)
    return view.call(this, params)
  }
}
