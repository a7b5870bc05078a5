import type { AppContext } from '../context/app-context.ts'
import { announce } from '../signals/announce.ts'
import { appcontextTearingDown, requestTearingDown } from '../signals/flask-signals.ts'
import { callAll } from '../then.ts'
import type { Teardown } from '../view-types.ts'
import { planOf } from './hooks.ts'
import type { DispatchHost } from './host.ts'

/** Runs the teardown functions of a request: those of its blueprints, then the application's, the last first. */
export function tearDownRequest(
  app: DispatchHost,
  context: AppContext,
  error: unknown,
  failures: unknown[],
): void | Promise<void> {
  const functions = planOf(app, context).teardown
  const running = functions.length === 0 ? undefined : callAll(functions, [error], failures)
  if (!requestTearingDown.hasReceivers) return running
  const tell = (): void => announce(requestTearingDown, app, { exc: error })
  return running === undefined ? tell() : running.then(tell)
}

/** Runs the teardown functions of a context, the last first. */
export function tearDownContext(
  app: DispatchHost & { readonly teardownAppcontextFuncs: readonly Teardown[] },
  error: unknown,
  failures: unknown[],
): void | Promise<void> {
  const functions = app.teardownAppcontextFuncs
  const running = functions.length === 0 ? undefined : callAll(functions.toReversed(), [error], failures)
  if (!appcontextTearingDown.hasReceivers) return running
  const tell = (): void => announce(appcontextTearingDown, app, { exc: error })
  return running === undefined ? tell() : running.then(tell)
}
