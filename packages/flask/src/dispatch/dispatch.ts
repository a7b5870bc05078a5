import { MethodNotAllowed } from '@flask-ts/werkzeug/exceptions'
import { RequestRedirect } from '@flask-ts/werkzeug/routing'
import type { AppContext } from '../context/app-context.ts'
import { explainMethods, FormDataRoutingRedirect } from '../debug-helpers.ts'
import { MissingViewError } from '../errors.ts'
import { FlaskRule } from '../routing/flask-rule.ts'
import { announce } from '../signals/announce.ts'
import { requestStarted } from '../signals/flask-signals.ts'
import { isPromise, then } from '../then.ts'
import type { Request } from '../wrappers/request.ts'
import type { Response } from '../wrappers/response.ts'
import { finalizeRequest } from './finalize.ts'
import { planOf } from './hooks.ts'
import type { DispatchHost } from './host.ts'

/** Throws what matching the request ended with. */
function throwRoutingException(app: DispatchHost, request: Request): never {
  const exception = request.routingException
  const bodiless = request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS'
  if (app.debug && exception instanceof RequestRedirect && !bodiless) {
    if (exception.code !== 307 && exception.code !== 308) throw new FormDataRoutingRedirect(request)
  }
  if (app.debug && exception instanceof MethodNotAllowed) explainMethods(request, exception)
  throw exception
}

/** Calls the view of a request, or answers without it where Flask does. */
export function dispatchRequest(app: DispatchHost, context: AppContext): unknown {
  const { request } = context
  const rule = request.urlRule
  if (rule === null) throwRoutingException(app, request)
  if (request.method === 'OPTIONS' && rule instanceof FlaskRule && rule.provideAutomaticOptions) {
    return app.makeDefaultOptionsResponse(context)
  }
  const view = app.viewFunctions.get(rule.endpoint)
  if (view === undefined) throw new MissingViewError(rule.endpoint)
  return view(request.viewArgs!)
}

/** The automatic answer to OPTIONS: the methods that the path takes. */
export function makeDefaultOptionsResponse(app: DispatchHost, context: AppContext): Response {
  const response = new app.responseClass()
  response.headers.set('Allow', [...context.urlAdapter!.allowedMethods()].sort().join(', '))
  return response
}

function needsBody(app: DispatchHost, context: AppContext): boolean {
  const { urlRule } = context.request
  if (urlRule !== null) return !(urlRule instanceof FlaskRule && urlRule.stream)
  // Nobody looks at the body of an unmatched request unless a hook or handler does.
  const { before, after } = planOf(app, context)
  return before.length > 0 || after.length > 0 || !app.errorHandlers.isEmpty
}

/** Hooks and view: what the application says to the request. */
function answer(app: DispatchHost, context: AppContext): unknown {
  if (needsBody(app, context)) {
    const loading = context.request.loadBody()
    if (loading !== undefined) return loading.then(() => answerWithBody(app, context))
  }
  return answerWithBody(app, context)
}

function answerWithBody(app: DispatchHost, context: AppContext): unknown {
  announce(requestStarted, app, {})
  const early = app.preprocessRequest(context)
  if (early === undefined) return app.dispatchRequest(context)
  if (isPromise(early)) return then(early, (value) => value ?? app.dispatchRequest(context))
  return early
}

/**
 * Handles the request of a context from its beginning to the end of the context.
 *
 * Everything is done in one go unless something on the way is a promise; then `finishLater` takes over, with the same
 * steps.
 */
export function handleRequest(context: AppContext, app: DispatchHost): Response | Promise<Response> {
  let failure: unknown = null
  let response: Response | Promise<Response>
  try {
    const beginning = context.begin()
    if (beginning !== undefined) {
      return finishLater(
        app,
        context,
        then(beginning, () => answer(app, context)),
      )
    }
    let value: unknown
    let handled = false
    try {
      value = answer(app, context)
    } catch (error) {
      handled = true
      value = app.handleUserException(context, error)
    }
    if (isPromise(value)) return finishLater(app, context, value, handled)
    response = finalizeRequest(app, context, value, false)
    if (isPromise(response)) return finishResponse(app, context, response)
  } catch (error) {
    failure = error
    try {
      response = app.handleException(context, error)
    } catch (propagated) {
      return end(context, error, () => {
        throw propagated
      })
    }
    if (isPromise(response)) return finishCrash(context, error, response)
  }
  const ending = context.pop(failure)
  return ending === undefined ? response : ending.then(() => response)
}

function end<T>(context: AppContext, failure: unknown, result: () => T): T | Promise<T> {
  return then(context.pop(failure), result)
}

async function finishLater(
  app: DispatchHost,
  context: AppContext,
  pending: unknown,
  handled = false,
): Promise<Response> {
  let response: Response
  try {
    let value: unknown
    try {
      value = await pending
    } catch (error) {
      if (handled) throw error
      value = await app.handleUserException(context, error)
    }
    response = await finalizeRequest(app, context, value, false)
  } catch (error) {
    return crash(app, context, error)
  }
  await context.pop(null)
  return response
}

async function finishResponse(
  app: DispatchHost,
  context: AppContext,
  pending: Promise<Response>,
): Promise<Response> {
  let response: Response
  try {
    response = await pending
  } catch (error) {
    return crash(app, context, error)
  }
  await context.pop(null)
  return response
}

async function crash(app: DispatchHost, context: AppContext, error: unknown): Promise<Response> {
  let response: Response
  try {
    response = await app.handleException(context, error)
  } catch (propagated) {
    await context.pop(error)
    throw propagated
  }
  await context.pop(error)
  return response
}

async function finishCrash(
  context: AppContext,
  error: unknown,
  pending: PromiseLike<Response>,
): Promise<Response> {
  try {
    return await pending
  } finally {
    await context.pop(error)
  }
}
