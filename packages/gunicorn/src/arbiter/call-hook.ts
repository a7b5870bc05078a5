import { traceOf } from '../errors.ts'
import type { Logger } from '../logging/logger.ts'
import type { Config } from '../settings/registry.ts'

/** Hooks of the arbiter whose failure must not end it. */
export type ArbiterHook =
  | 'pre_fork'
  | 'child_exit'
  | 'nworkers_changed'
  | 'on_reload'
  | 'on_exit'
  | 'pre_exec'

/** Calls a hook of the config file, if there is one; what it throws goes to the log. */
export function callHook<N extends ArbiterHook>(
  config: Config,
  log: Logger,
  name: N,
  call: (hook: NonNullable<Config[N]>) => void,
): void {
  const hook = config[name]
  if (hook === null) return
  try {
    call(hook as NonNullable<Config[N]>)
  } catch (error) {
    log.error(`The hook ${name} failed\n${traceOf(error)}`)
  }
}
