import { Worker } from 'node:worker_threads'

/** How the main thread tells its watchdog that it lives: one shared counter. */
export interface WatchdogData {
  readonly beats: SharedArrayBuffer
  /** Milliseconds of silence before the watchdog looks what is the matter. */
  readonly patience: number
}

/** The main thread's end of the watchdog. */
export interface Watchdog {
  /** The event loop turns. */
  beat(): void
  /** Ends the thread: a process whose debugger is connected would wait for it at its end. */
  stop(): Promise<unknown>
}

/**
 * Starts a thread that reads the stack of this one when its event loop is stuck, and resolves when it watches.
 *
 * A stuck thread cannot tell why it is stuck, and the arbiter cannot look into another process; a second thread can,
 * by the debugger's protocol.
 *
 * @param patience - Milliseconds of silence.
 */
export async function startWatchdog(patience: number): Promise<Watchdog> {
  const beats = new SharedArrayBuffer(4)
  const counter = new Int32Array(beats)
  const extension = import.meta.filename.endsWith('.ts') ? 'ts' : 'js'
  const workerData: WatchdogData = { beats, patience }
  const thread = new Worker(new URL(`./watchdog-thread.${extension}`, import.meta.url), {
    workerData,
    // The application's options must not run twice, and a watchdog needs little memory.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
    name: 'watchdog',
  })
  thread.unref()
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  thread.once('message', () => resolve())
  thread.once('error', reject)
  await promise
  return { beat: () => void Atomics.add(counter, 0, 1), stop: () => thread.terminate() }
}
