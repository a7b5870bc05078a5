import {
  BadRequest,
  BadRequestKeyError,
  HTTPException,
  InternalServerError,
} from '@flask-ts/werkzeug/exceptions'
import { RequestRedirect } from '@flask-ts/werkzeug/routing'
import type { AppContext } from '../context/app-context.ts'
import { announce } from '../signals/announce.ts'
import { gotRequestException } from '../signals/flask-signals.ts'
import { then } from '../then.ts'
import type { Response } from '../wrappers/response.ts'
import { finalizeRequest } from './finalize.ts'
import type { DispatchHost } from './host.ts'

/** Whether an HTTP exception is to be treated as a crash, for debugging. */
function trapHttpException(app: DispatchHost, error: unknown): boolean {
  if (app.config.TRAP_HTTP_EXCEPTIONS) return true
  const trapBadRequests = app.config.TRAP_BAD_REQUEST_ERRORS
  if (trapBadRequests === null && app.debug && error instanceof BadRequestKeyError) return true
  return trapBadRequests === true && error instanceof BadRequest
}

/** The answer of the handler for an HTTP exception, or the exception itself, which is an answer too. */
export function handleHttpException(app: DispatchHost, context: AppContext, error: HTTPException): unknown {
  if (error.code === null || error instanceof RequestRedirect) return error
  const handler = app.errorHandlers.find(error, context.request.blueprints)
  return handler === undefined ? error : handler(error)
}

/**
 * The answer to an error that a hook or view threw.
 *
 * @throws The error itself, where no handler takes it.
 */
export function handleUserException(app: DispatchHost, context: AppContext, error: unknown): unknown {
  if (error instanceof BadRequestKeyError && (app.debug || app.config.TRAP_BAD_REQUEST_ERRORS)) {
    error.showException = true
  }
  if (error instanceof HTTPException && !trapHttpException(app, error)) {
    return app.handleHttpException(context, error)
  }
  const handler = app.errorHandlers.find(error, context.request.blueprints)
  if (handler === undefined) throw error
  return handler(error)
}

/**
 * The answer to an error that nobody took: 500, from its handler or the standard page.
 *
 * @throws The error itself, where exceptions are to reach the server or the test.
 */
export function handleException(
  app: DispatchHost,
  context: AppContext,
  error: unknown,
): Response | Promise<Response> {
  announce(gotRequestException, app, { exception: error })
  if (app.config.PROPAGATE_EXCEPTIONS ?? (app.testing || app.debug)) throw error
  app.logException(context, error)
  const serverError = new InternalServerError({ originalException: error })
  const handler = app.errorHandlers.find(serverError, context.request.blueprints)
  if (handler === undefined) return finalizeRequest(app, context, serverError, true)
  return then(handler(serverError), (value) => finalizeRequest(app, context, value, true))
}
