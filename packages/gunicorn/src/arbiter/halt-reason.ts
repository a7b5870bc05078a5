import { BindError, HaltServer } from '../errors.ts'
import { APP_LOAD_ERROR, WORKER_BOOT_ERROR } from '../exit-codes.ts'
import type { BootFailure } from './worker-process.ts'

/**
 * Why the arbiter gives up when no worker could ever start.
 *
 * @param urls - Where it listens.
 */
export function haltReason(failure: BootFailure | undefined, urls: string): HaltServer {
  if (failure?.stage === 'listen')
    return new HaltServer(new BindError(urls, failure.code ?? 'unknown').message)
  if (failure?.stage === 'app') return new HaltServer('App failed to load.', APP_LOAD_ERROR)
  return new HaltServer('Worker failed to boot.', WORKER_BOOT_ERROR)
}
