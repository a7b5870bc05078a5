import type { HTTPException } from '@flask-ts/werkzeug/exceptions'
import type { Config } from '../config/config.ts'
import type { AppContext } from '../context/app-context.ts'
import type { ErrorHandlers } from '../scaffold/error-handlers.ts'
import type { AnyView } from '../scaffold/view-endpoint.ts'
import type { SessionInterface } from '../sessions/interface.ts'
import type { Announcer } from '../signals/announce.ts'
import type { Request } from '../wrappers/request.ts'
import type { Response } from '../wrappers/response.ts'
import type { RequestPlans } from './plan.ts'

/** What the steps of a request need of the application. */
export interface DispatchHost {
  readonly name: string
  readonly debug: boolean
  readonly testing: boolean
  readonly logger: Announcer['logger']
  readonly config: Config
  readonly plans: RequestPlans
  readonly errorHandlers: ErrorHandlers
  readonly viewFunctions: ReadonlyMap<string, AnyView>
  readonly sessionInterface: SessionInterface
  readonly responseClass: typeof Response
  readonly json: { response(...args: readonly unknown[]): Response }
  makeResponse(value: unknown, request?: Request): Response | Promise<Response>
  preprocessRequest(context: AppContext): unknown
  dispatchRequest(context: AppContext): unknown
  makeDefaultOptionsResponse(context: AppContext): Response
  processResponse(context: AppContext, response: Response): Response | Promise<Response>
  handleUserException(context: AppContext, error: unknown): unknown
  handleHttpException(context: AppContext, error: HTTPException): unknown
  handleException(context: AppContext, error: unknown): Response | Promise<Response>
  logException(context: AppContext, error: unknown): void
}
