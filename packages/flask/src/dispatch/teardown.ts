import type { AppContext } from '../context/app-context.ts'
import { appcontextTearingDown, requestTearingDown } from '../signals/flask-signals.ts'
import { callAll } from '../then.ts'
import type { Teardown } from '../view-types.ts'
import { planOf } from './hooks.ts'
import type { DispatchHost } from './host.ts'

function finish(
  functions: readonly Teardown[],
  error: unknown,
  failures: unknown[],
  announce: () => void,
): void | Promise<void> {
  const running = functions.length === 0 ? undefined : callAll(functions, [error], failures)
  return running === undefined ? announce() : running.then(announce)
}

/** Runs the teardown functions of a request: those of its blueprints, then the application's, the last first. */
export function tearDownRequest(
  app: DispatchHost,
  context: AppContext,
  error: unknown,
  failures: unknown[],
): void | Promise<void> {
  return finish(planOf(app, context).teardown, error, failures, () => {
    if (requestTearingDown.hasReceivers) requestTearingDown.send(app, { exc: error })
  })
}

/** Runs the teardown functions of a context, the last first. */
export function tearDownContext(
  app: DispatchHost & { readonly teardownAppcontextFuncs: readonly Teardown[] },
  error: unknown,
  failures: unknown[],
): void | Promise<void> {
  const functions = app.teardownAppcontextFuncs
  return finish(functions.length === 0 ? functions : functions.toReversed(), error, failures, () => {
    if (appcontextTearingDown.hasReceivers) appcontextTearingDown.send(app, { exc: error })
  })
}
