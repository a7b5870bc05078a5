/** The program of a worker process: the arbiter starts it, and sends it its orders as the first message. */

import { traceOf } from '../errors.ts'
import { WORKER_BOOT_ERROR } from '../exit-codes.ts'
import { importConfigFile } from '../settings/config-module.ts'
import type { Config } from '../settings/registry.ts'
import { settingTable } from '../settings/registry.ts'
import { serverHooks } from '../settings/server-hooks.ts'
import type { ToWorker } from './messages.ts'
import { Worker } from './worker.ts'

/** The settings as the arbiter has them, with the hooks out of the config file. */
async function configOf({ config, configFile, hasHooks }: ToWorker): Promise<Config> {
  const values: Record<string, unknown> = { ...config }
  for (const name of Object.keys(serverHooks)) values[name] = null
  if (hasHooks && configFile !== undefined) {
    const given = await importConfigFile(configFile)
    for (const name of Object.keys(serverHooks)) {
      if (given.has(name)) values[name] = settingTable.get(name)!.kind.read(given.get(name))
    }
  }
  return values as Config
}

process.once('message', async (boot: ToWorker) => {
  try {
    process.title = `gunicorn: worker [${boot.name}]`
    const worker = new Worker(boot, await configOf(boot))
    await worker.run()
  } catch (error) {
    process.send?.({ type: 'failed', stage: 'boot', message: traceOf(error) }, () => {
      process.exit(WORKER_BOOT_ERROR)
    })
  }
})
