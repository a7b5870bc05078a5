import type { Config } from '../settings/registry.ts'
import { cpuCount } from './cpu-count.ts'

/** What start-up lines call the workers. */
export function workerClassName({ worker_class, protocol }: Config): string {
  if (protocol === 'uwsgi') return 'native (uwsgi)'
  return worker_class === 'http' || worker_class === 'http2' ? worker_class : 'native'
}

/** How many workers the settings want. */
export function wantedWorkers({ workers }: Config): number {
  return workers === 'auto' ? cpuCount() : workers
}
