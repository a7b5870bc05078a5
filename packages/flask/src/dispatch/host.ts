import type { Request as WerkzeugRequest, Response } from '@flask-ts/werkzeug'
import type { Aborter } from '@flask-ts/werkzeug/exceptions'
import type { Environ } from '@flask-ts/wsgi'
import type { Config } from '../config/config.ts'
import type { AppContext } from '../context/app-context.ts'
import type { ErrorHandlers } from '../scaffold/error-handlers.ts'
import type { AnyView } from '../scaffold/view-endpoint.ts'
import type { SessionInterface } from '../sessions/interface.ts'
import type { RequestPlans } from './plan.ts'

/** The class that responses are made of. */
export interface ResponseClass {
  new (
    body?: never,
    options?: {
      readonly status?: number | string | undefined
      readonly headers?: never
      readonly mimetype?: string
    },
  ): Response
  forceType(response: never, environ?: Environ): Response
}

/** What the steps of a request need of the application. */
export interface DispatchHost {
  readonly name: string
  readonly debug: boolean
  readonly testing: boolean
  readonly config: Config
  readonly aborter: Aborter
  readonly plans: RequestPlans
  readonly errorHandlers: ErrorHandlers
  readonly viewFunctions: ReadonlyMap<string, AnyView>
  readonly sessionInterface: SessionInterface
  readonly responseClass: ResponseClass
  readonly json: { response(...args: readonly unknown[]): Response }
  makeResponse(value: unknown, request?: WerkzeugRequest): Response | Promise<Response>
  preprocessRequest(context: AppContext): unknown
  dispatchRequest(context: AppContext): unknown
  processResponse(context: AppContext, response: Response): Response | Promise<Response>
  handleUserException(context: AppContext, error: unknown): unknown
  handleHttpException(context: AppContext, error: unknown): unknown
  handleException(context: AppContext, error: unknown): Response | Promise<Response>
  logException(context: AppContext, error: unknown): void
}
