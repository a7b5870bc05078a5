import { applicationFolder, type LoadedConfig } from '../settings/load.ts'
import type { Config } from '../settings/registry.ts'
import { serverHooks } from '../settings/server-hooks.ts'
import { FIRST_SOCKET_DESCRIPTOR } from '../worker/messages.ts'
import type { Listener } from './listeners.ts'
import { workerEnv } from './raw-env.ts'
import type { SpawnOptions } from './worker-process.ts'

/**
 * What a worker is started with.
 *
 * @param cwd - Where the arbiter was started.
 * @param log - The descriptor of the error log, which may get the worker's output.
 */
export function spawnOptions(
  loaded: LoadedConfig,
  cwd: string,
  listeners: readonly Listener[],
  log: number,
  age: number,
  generation: number,
): SpawnOptions {
  const { config, configFile, app } = loaded
  const sockets = listeners.map(({ address }, index) => ({
    fd: FIRST_SOCKET_DESCRIPTOR + index,
    ...(address.kind === 'tcp' ? { host: address.host, port: address.port } : {}),
  }))
  const hasHooks = Object.keys(serverHooks).some((name) => config[name as keyof Config] !== null)
  const name = config.proc_name ?? app
  const folder = applicationFolder(config, cwd)
  return {
    boot: { type: 'boot', config, configFile, hasHooks, app, folder, age, sockets, name },
    descriptors: listeners.map(({ fd }) => fd),
    env: workerEnv(process.env, config.raw_env),
    output: config.capture_output && config.errorlog !== '-' ? log : undefined,
    generation,
  }
}
