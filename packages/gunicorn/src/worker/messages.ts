import type { Config } from '../settings/registry.ts'

/** What a worker needs to know at its start: the first message that the arbiter sends it. */
export interface BootMessage {
  readonly type: 'boot'
  /** All settings but functions, which are imported from the config file. */
  readonly config: Partial<Config>
  readonly configFile: string | undefined
  /** Whether the config file holds hooks that workers call. */
  readonly hasHooks: boolean
  readonly app: string
  /** Where the application is loaded from. */
  readonly folder: string
  readonly name: string
  readonly age: number
  readonly sockets: readonly InheritedSocket[]
}

/** A listening socket that a worker inherits. Host and port are there for those that are not Unix sockets. */
export interface InheritedSocket {
  readonly fd: number
  readonly host?: string | undefined
  readonly port?: number | undefined
}

/** What the arbiter sends to a worker. */
export type ToWorker = BootMessage

/** Figures of one worker. Those that can only grow are counted from its start. */
export interface WorkerStats {
  readonly connections: number
  readonly active: number
  readonly connectionsTotal: number
  readonly requestsTotal: number
  /** Resident memory in bytes. */
  readonly rss: number
  /** How late the last heartbeat was, in milliseconds. */
  readonly loopDelay: number
  /** Where request metrics are wanted. */
  readonly requests?: RequestStats | undefined
}

/** Figures of the requests that have ended. */
export interface RequestStats {
  /** By the first digit of the status: index 2 for 2xx; index 0 for those that got no answer. */
  readonly byClass: readonly number[]
  /** How many took no longer than each of `durationBounds`, and any time at all. */
  readonly durations: readonly number[]
  readonly durationSum: number
  readonly bytes: number
}

/** What a worker sends to the arbiter. */
export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'beat'; readonly stats: WorkerStats }
  /** It wants to be replaced, and goes on until it is told to end. */
  | { readonly type: 'retire'; readonly reason: string }
  /** It cannot start. `stage` tells which part failed, `code` is Node's where there is one. */
  | {
      readonly type: 'failed'
      readonly stage: 'app' | 'listen' | 'boot'
      readonly message: string
      readonly code?: string | undefined
    }
  /** Modules that it has loaded, for the reloader. */
  | { readonly type: 'files'; readonly files: readonly string[] }

/** What the watchdog of a stuck worker writes to the report pipe: one line of JSON. */
export interface StuckReport {
  /** Milliseconds since the event loop last turned. */
  readonly delay: number
  /** The JavaScript stack, or `undefined` if it could not be read. */
  readonly stack: string | undefined
  /** The requests that were being answered, the latest first. */
  readonly requests: readonly string[]
}

/** The descriptor of the report pipe in a worker. */
export const REPORT_DESCRIPTOR = 4

/** The descriptor of the first listening socket in a worker. */
export const FIRST_SOCKET_DESCRIPTOR = 5
