import type { AppContext, ResponseCallback } from '../context/app-context.ts'
import { isPromise, then } from '../then.ts'
import type { AfterRequest, BeforeRequest } from '../view-types.ts'
import type { Response } from '../wrappers/response.ts'
import type { DispatchHost } from './host.ts'
import type { RequestPlan } from './plan.ts'

/** The plan that serves a context's request. */
export function planOf(app: DispatchHost, context: AppContext): RequestPlan {
  // Asked for at several stations of each request, and the same at all of them once the rule is known.
  context.plan ??= app.plans.of(context.request.blueprint)
  return context.plan
}

/**
 * Runs the URL value preprocessors, then the functions of `beforeRequest` until one answers.
 *
 * @returns The answer, `undefined` if there is none, or the promise of either.
 */
export function runBefore(app: DispatchHost, context: AppContext): unknown {
  const plan = planOf(app, context)
  const { request } = context
  const { preprocessors, before } = plan
  for (let at = 0; at < preprocessors.length; at++) {
    const result = preprocessors[at]!(request.endpoint, request.viewArgs)
    if (isPromise(result)) return preprocessLater(plan, context, at + 1, result)
  }
  return before.length === 0 ? undefined : runBeforeFrom(before, 0)
}

async function preprocessLater(
  plan: RequestPlan,
  context: AppContext,
  from: number,
  pending: PromiseLike<unknown>,
): Promise<unknown> {
  await pending
  const { request } = context
  for (const hook of plan.preprocessors.slice(from)) await hook(request.endpoint, request.viewArgs)
  return runBeforeFrom(plan.before, 0)
}

function runBeforeFrom(hooks: readonly BeforeRequest[], from: number): unknown {
  for (let at = from; at < hooks.length; at++) {
    const result: unknown = hooks[at]!()
    if (isPromise(result)) return then(result, (value) => value ?? runBeforeFrom(hooks, at + 1))
    if (result !== undefined && result !== null) return result
  }
  return undefined
}

type ResponseHook = AfterRequest | ResponseCallback

function runAfterFrom(
  hooks: readonly ResponseHook[],
  from: number,
  response: Response,
): Response | Promise<Response> {
  let current = response
  for (let at = from; at < hooks.length; at++) {
    const result = hooks[at]!(current)
    if (isPromise(result)) return then(result, (next) => runAfterFrom(hooks, at + 1, next))
    current = result
  }
  return current
}

/** Runs the functions of `afterThisRequest`, those of `afterRequest`, and saves the session. */
export function runAfter(
  app: DispatchHost,
  context: AppContext,
  response: Response,
): Response | Promise<Response> {
  const { after } = planOf(app, context)
  const own = context.afterRequestFunctions
  if (own === null && after.length === 0) return saveSession(app, context, response)
  const hooks = own === null ? after : [...own, ...after]
  const result = runAfterFrom(hooks, 0, response)
  if (isPromise(result)) return result.then((final) => saveSession(app, context, final))
  return saveSession(app, context, result)
}

function saveSession(
  app: DispatchHost,
  context: AppContext,
  response: Response,
): Response | Promise<Response> {
  const { sessionInterface } = app
  if (!context.hasSession && sessionInterface.isUnused(context.app, context.request)) return response
  const session = context.openedSession()
  if (sessionInterface.isNullSession(session)) return response
  const saving = sessionInterface.saveSession(context.app, session, response)
  return isPromise(saving) ? then(saving, () => response) : response
}
