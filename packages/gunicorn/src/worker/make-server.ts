import type { Application } from '@flask-ts/wsgi'
import { createNodeHttp2Server, createNodeHttpServer } from '@flask-ts/wsgi/adapters'
import { type EngineHooks, Server, type WsgiServer } from '@flask-ts/wsgi/server'
import { trustedScheme } from '../app/trusted-scheme.ts'
import type { Config } from '../settings/registry.ts'
import { UwsgiServer } from '../uwsgi/uwsgi-server.ts'
import { serverOptionsOf } from './serve-options.ts'

/** The server that the settings ask for: one of the worker classes, or uwsgi. */
export function makeServer(application: Application, config: Config, hooks: EngineHooks): WsgiServer {
  const options = { ...serverOptionsOf(config), hooks }
  if (config.protocol === 'uwsgi') return new UwsgiServer(application, options, config.uwsgi_allow_ips)
  const app = trustedScheme(config)?.(application) ?? application
  if (config.worker_class === 'http') return createNodeHttpServer(app, options)
  if (config.worker_class === 'http2') return createNodeHttp2Server(app, options)
  return new Server(app, options)
}
