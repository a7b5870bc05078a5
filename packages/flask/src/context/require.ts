import { OutsideContextError } from '../errors.ts'
import { type AppContext, currentContext } from './app-context.ts'

const NO_APP =
  'Working outside of application context.\n\nAttempted to use functionality that expected a current application to' +
  ' be set. To solve this, set up an app context using `using context = app.appContext()`, or do the work in a view' +
  ' or command. See the documentation on app context for more information.'

const NO_REQUEST =
  'Working outside of request context.\n\nAttempted to use functionality that expected an active HTTP request. Consult' +
  ' the documentation on testing for information about how to avoid this problem, or make a request with' +
  ' `using context = app.testRequestContext()`.'

/**
 * The current context.
 *
 * @throws OutsideContextError - if there is none.
 */
export function requireContext(): AppContext {
  const context = currentContext()
  if (context === undefined) throw new OutsideContextError(NO_APP)
  return context
}

/**
 * The current context, which must have a request.
 *
 * @throws OutsideContextError - if there is none.
 */
export function requireRequestContext(): AppContext {
  const context = currentContext()
  if (context === undefined || !context.hasRequest) throw new OutsideContextError(NO_REQUEST)
  return context
}

/** Whether an application is current. */
export function hasAppContext(): boolean {
  return currentContext() !== undefined
}

/** Whether a request is current. */
export function hasRequestContext(): boolean {
  return currentContext()?.hasRequest === true
}
