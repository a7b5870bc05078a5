import type { HTTPException } from '@flask-ts/werkzeug/exceptions'
import type { AppContext } from '../context/app-context.ts'
import { requireRequestContext } from '../context/require.ts'
import { dispatchRequest, makeDefaultOptionsResponse } from '../dispatch/dispatch.ts'
import { handleException, handleHttpException, handleUserException } from '../dispatch/handle-error.ts'
import { runAfter, runBefore } from '../dispatch/hooks.ts'
import { type AnsweredRequest, makeResponse, type ResponseMaker } from '../dispatch/make-response.ts'
import { tearDownContext, tearDownRequest } from '../dispatch/teardown.ts'
import type { Response } from '../wrappers/response.ts'
import { TemplatedApp } from './templated-app.ts'

/** An application with the steps of a request, each of which a subclass may override. */
export abstract class RequestApp extends TemplatedApp {
  /** Makes a response of anything that a view may return. */
  makeResponse(value: unknown, request?: AnsweredRequest): Response {
    // Only an application that answers later gives a promise, and dispatch waits for it.
    return makeResponse(this as unknown as ResponseMaker, value, request) as Response
  }

  /** Runs what comes before the view. */
  preprocessRequest(context: AppContext): unknown {
    return runBefore(this as never, context)
  }

  /** Calls the view. */
  dispatchRequest(context: AppContext): unknown {
    return dispatchRequest(this as never, context)
  }

  /** The automatic answer to OPTIONS: the methods that the path of the context's request takes. */
  makeDefaultOptionsResponse(context: AppContext = requireRequestContext()): Response {
    return makeDefaultOptionsResponse(this as never, context)
  }

  /** Runs what comes after the view, and saves the session. */
  processResponse(context: AppContext, response: Response): Response | Promise<Response> {
    return runAfter(this as never, context, response) as Response | Promise<Response>
  }

  handleHttpException(context: AppContext, error: HTTPException): unknown {
    return handleHttpException(this as never, context, error)
  }

  handleUserException(context: AppContext, error: unknown): unknown {
    return handleUserException(this as never, context, error)
  }

  handleException(context: AppContext, error: unknown): Response | Promise<Response> {
    return handleException(this as never, context, error) as Response | Promise<Response>
  }

  /** Writes an error that became a 500 to the log. */
  logException(context: AppContext, error: unknown): void {
    const { path, method } = context.request
    this.logger.error({ err: error }, `Exception on ${path} [${method}]`)
  }

  doTeardownRequest(context: AppContext, error: unknown, failures: unknown[]): void | Promise<void> {
    return tearDownRequest(this as never, context, error, failures)
  }

  doTeardownAppContext(_context: AppContext, error: unknown, failures: unknown[]): void | Promise<void> {
    return tearDownContext(this as never, error, failures)
  }
}
