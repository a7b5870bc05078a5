import type { Environ } from '@flask-ts/wsgi'
import type { AppContext } from './app-context.ts'

/** Under this key an environ asks for the request's context to be left to someone else to end. */
export const PRESERVE: unique symbol = Symbol('preserve context')

/** An environ that asks for the context. */
export interface PreservingEnviron extends Environ {
  readonly [PRESERVE]: (context: AppContext) => void
}
