import type { Environ } from '@flask-ts/wsgi'
import type { ExchangeRecord } from '@flask-ts/wsgi/server'
import { hook } from './kind.ts'
import { setting } from './setting.ts'

/** What hooks see of the arbiter. */
export interface ArbiterView {
  readonly pid: number
  /** How many workers are wanted. */
  readonly numWorkers: number
  readonly log: HookLog
}

/** What hooks see of a worker. In the arbiter it is known before it has a process: then `pid` is 0. */
export interface WorkerView {
  readonly pid: number
  /** The how many-th worker since the start it is. */
  readonly age: number
  readonly log: HookLog
}

/** The error log, for hooks. */
export interface HookLog {
  debug(message: string): void
  info(message: string): void
  warning(message: string): void
  error(message: string): void
  critical(message: string): void
}

type OfArbiter = (server: ArbiterView) => void
type OfBoth = (server: ArbiterView, worker: WorkerView) => void
type OfWorker = (worker: WorkerView) => void | Promise<void>

const ofArbiter = hook<OfArbiter>('server')
const ofBoth = hook<OfBoth>('server, worker')
const ofWorker = hook<OfWorker>('worker')
const forked = hook<(server: null, worker: WorkerView) => void | Promise<void>>('server, worker')

/** Gunicorn's chapter "Server Hooks". Functions live in the config file, which each worker imports for itself. */
export const serverHooks = {
  on_starting: setting({
    kind: ofArbiter,
    default: null,
    words: 'Called in the arbiter before it does anything.',
  }),
  on_reload: setting({ kind: ofArbiter, default: null, words: 'Called in the arbiter on HUP.' }),
  when_ready: setting({ kind: ofArbiter, default: null, words: 'Called in the arbiter when it listens.' }),
  pre_fork: setting({
    kind: ofBoth,
    default: null,
    words: 'Called in the arbiter before a worker is started.',
  }),
  post_fork: setting({
    kind: forked,
    default: null,
    words: 'Called in the worker when it has started, before it changes its user.',
    more: 'Its first argument is null: a worker is a process of its own and has no arbiter in its memory.',
  }),
  post_worker_init: setting({
    kind: ofWorker,
    default: null,
    words: 'Called in the worker when it has loaded the application.',
  }),
  worker_int: setting({ kind: ofWorker, default: null, words: 'Called in the worker on INT or QUIT.' }),
  worker_abort: setting({
    kind: ofWorker,
    default: null,
    words: 'Called in the arbiter before it kills a worker that is stuck.',
    more: 'The original calls it in the worker, whose JavaScript cannot run any more here.',
  }),
  pre_exec: setting({
    kind: ofArbiter,
    default: null,
    words: 'Called in the arbiter before it starts its successor on USR2.',
  }),
  pre_request: setting({
    kind: hook<(worker: WorkerView, environ: Environ) => void>('worker, environ'),
    default: null,
    words: 'Called in the worker before the application gets a request.',
  }),
  post_request: setting({
    kind: hook<(worker: WorkerView, environ: Environ, record: ExchangeRecord) => void>(
      'worker, environ, record',
    ),
    default: null,
    words: 'Called in the worker when a response has ended.',
  }),
  child_exit: setting({
    kind: ofBoth,
    default: null,
    words: 'Called in the arbiter when a worker has ended.',
  }),
  worker_exit: setting({
    kind: forked,
    default: null,
    words: 'Called in the worker before it ends.',
  }),
  nworkers_changed: setting({
    kind: hook<(server: ArbiterView, now: number, before: number | null) => void>('server, new, old'),
    default: null,
    words: 'Called in the arbiter when the number of workers is set; the old number is null at the start.',
  }),
  on_exit: setting({ kind: ofArbiter, default: null, words: 'Called in the arbiter before it ends.' }),
} as const
