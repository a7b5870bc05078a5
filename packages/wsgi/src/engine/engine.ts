import type { Application } from '../application.ts'
import { HeadScanner } from './head-scanner.ts'
import type { EngineHooks } from './hooks.ts'
import type { Limits } from './limits.ts'

/** What all connections of one server share. */
export class Engine {
  readonly application: Application
  readonly limits: Limits
  readonly hooks: EngineHooks
  /** The Server field's value; empty for none. */
  readonly serverName: string
  readonly scriptName: string
  /** Set when the server closes: every response is then the last of its connection. */
  draining = false
  /**
   * The time of the next tick in milliseconds: never before the present, so that no deadline counted from it comes too
   * early. Deadlines need no finer clock, and this one costs nothing to read.
   */
  now: number = performance.now()
  /** Requests begun since the start. */
  requests = 0
  /** A scanner for whatever head is read at one go, which is nearly every one. */
  scanner: HeadScanner

  constructor(application: Application, limits: Limits, options: EngineOptions = {}) {
    this.application = application
    this.limits = limits
    this.hooks = options.hooks ?? {}
    this.serverName = options.serverName ?? ''
    this.scriptName = options.scriptName ?? ''
    this.scanner = new HeadScanner(limits)
  }
}

/** What a server says about itself, where it mounts the application, and what it tells of its work. */
export interface EngineOptions {
  readonly hooks?: EngineHooks | undefined
  /** What to say in the Server field; empty (the default) leaves it out. */
  readonly serverName?: string | undefined
  /** Where the application is mounted, for every request. */
  readonly scriptName?: string | undefined
}
