import { localProxy } from '@flask-ts/werkzeug/local'
import { Flask } from './app/app.ts'
import type { AppContext } from './context/app-context.ts'
import type { AppContextGlobals, AppGlobals } from './context/app-globals.ts'
import { makeProxy, type ProxyExtras } from './context/proxy.ts'
import { requireContext, requireRequestContext } from './context/require.ts'
import { type SessionView, sessionView } from './sessions/session-view.ts'
import { Request } from './wrappers/request.ts'

/** The application that handles the current request, or whose context was entered. */
export const currentApp: Flask & ProxyExtras<Flask> = makeProxy(
  () => requireContext().app as Flask,
  Flask.prototype,
)

/** The current request. */
export const request: Request & ProxyExtras<Request> = makeProxy(
  () => requireRequestContext().request,
  Request.prototype,
)

/**
 * A place for values of the current context. It begins empty with each request.
 *
 * @see https://flask.palletsprojects.com/api/#flask.g
 */
export const g: AppGlobals & Pick<AppContextGlobals, 'get' | 'pop' | 'setdefault'> & Iterable<string> =
  makeGlobalsProxy()

/**
 * The session of the current request: what is set here comes back with the client's next request.
 *
 * @see https://flask.palletsprojects.com/api/#sessions
 */
export const session: SessionView = sessionView(() => requireRequestContext().session)

/** The current context itself. */
export function currentAppContext(): AppContext {
  return requireContext()
}

function makeGlobalsProxy(): AppContextGlobals & Iterable<string> {
  const proxy = localProxy<AppContextGlobals>(() => requireContext().g)
  return new Proxy(proxy, {
    // `'user' in g` asks for what was set, not for methods.
    has: (target, name) => Object.hasOwn(target, name),
  }) as AppContextGlobals & Iterable<string>
}
