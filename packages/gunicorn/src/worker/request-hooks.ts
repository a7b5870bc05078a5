import type { EngineHooks } from '@flask-ts/wsgi/server'
import { traceOf } from '../errors.ts'
import { AccessLog } from '../logging/access-log.ts'
import type { Logger } from '../logging/logger.ts'
import type { Statsd } from '../logging/statsd.ts'
import type { Config } from '../settings/registry.ts'
import type { WorkerView } from '../settings/server-hooks.ts'
import { InFlight } from './in-flight.ts'
import { RequestCounter } from './request-counter.ts'
import { burstSharer } from './share-bursts.ts'

/** What a worker does around its requests. */
export interface RequestWork {
  readonly hooks: EngineHooks
  readonly accessLog: AccessLog | undefined
  readonly counter: RequestCounter | undefined
}

interface Parts {
  readonly config: Config
  readonly name: string
  readonly log: Logger
  readonly statsd: Statsd | undefined
  readonly view: WorkerView
  readonly owner: readonly [number, number] | undefined
  /** Called with each request, to count them. */
  readonly onRequest: (() => void) | undefined
}

/** Makes the server's hooks. What nobody wants is left out, because the server pays for each hook that is there. */
export function requestWork({ config, name, log, statsd, view, owner, onRequest }: Parts): RequestWork {
  const inFlight = new InFlight()
  inFlight.publish()
  const accessLog = AccessLog.wanted(config) ? new AccessLog(config, name, owner) : undefined
  const counter = config.admin_bind === null ? undefined : new RequestCounter()
  const { pre_request, post_request } = config
  const forgets = config.worker_class.startsWith('http')
  const guarded = (hook: string, call: () => void): void => {
    try {
      call()
    } catch (error) {
      log.error(`The hook ${hook} failed\n${traceOf(error)}`)
    }
  }
  const hooks: EngineHooks = {
    ...(config.reuse_port ? {} : { connectionOpened: burstSharer() }),
    requestStarted(environ) {
      inFlight.started(environ)
      onRequest?.()
      if (pre_request !== null) guarded('pre_request', () => pre_request(view, environ))
    },
    failed(error, environ) {
      log.error(`Error handling request ${environ.method} ${environ.target}\n${traceOf(error)}`)
    },
    refused(refusal, remote) {
      log.debug(`Invalid request from ip=${remote}: ${refusal.message}`)
    },
  }
  const watched = accessLog ?? counter ?? statsd ?? post_request
  if ((watched !== undefined && watched !== null) || forgets) {
    hooks.requestEnded = (record) => {
      inFlight.ended(record.environ)
      accessLog?.log(record)
      counter?.add(record.status, record.duration, record.bytes)
      statsd?.request(record.status, record.duration)
      if (post_request !== null) guarded('post_request', () => post_request(view, record.environ, record))
    }
  }
  return { hooks, accessLog, counter }
}
