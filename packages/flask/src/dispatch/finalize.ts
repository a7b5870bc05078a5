import type { AppContext } from '../context/app-context.ts'
import { announce } from '../signals/announce.ts'
import { requestFinished } from '../signals/flask-signals.ts'
import { isPromise, then } from '../then.ts'
import type { Response } from '../wrappers/response.ts'
import type { DispatchHost } from './host.ts'

/**
 * Makes a response of what a view or handler returned, and takes it through the hooks.
 *
 * @param fromErrorHandler - Whether this is the answer to a crash: then a failing hook is logged, and the answer sent.
 */
export function finalizeRequest(
  app: DispatchHost,
  context: AppContext,
  value: unknown,
  fromErrorHandler: boolean,
): Response | Promise<Response> {
  const made = app.makeResponse(value, context.request)
  if (isPromise(made)) return made.then((response) => finish(app, context, response, fromErrorHandler))
  return finish(app, context, made, fromErrorHandler)
}

function finish(
  app: DispatchHost,
  context: AppContext,
  made: Response,
  fromErrorHandler: boolean,
): Response | Promise<Response> {
  if (fromErrorHandler) return finishCrash(app, context, made)
  const processed = app.processResponse(context, made)
  if (isPromise(processed)) return processed.then((response) => tellFinished(app, response))
  return tellFinished(app, processed)
}

function tellFinished(app: DispatchHost, response: Response): Response {
  announce(requestFinished, app, { response })
  return response
}

function finishCrash(app: DispatchHost, context: AppContext, made: Response): Response | Promise<Response> {
  const giveUp = (error: unknown): Response => {
    app.logException(context, error)
    return made
  }
  try {
    const processed = then(app.processResponse(context, made), (response) => tellFinished(app, response))
    return isPromise(processed) ? processed.then(undefined, giveUp) : processed
  } catch (error) {
    return giveUp(error)
  }
}
