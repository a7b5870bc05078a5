/**
 * The reference server.
 * @module
 */
export {
  BodyAlreadyRead,
  BodyTooLarge,
  ClientDisconnected,
  InvalidResponse,
  RequestRefused,
  RequestTimeout,
} from './engine/errors.ts'
export type { EngineHooks, ExchangeRecord } from './engine/hooks.ts'
export { defaultLimits, type Limits, resolveLimits } from './engine/limits.ts'
export type { BoundAddress, ListenTarget } from './server/listen.ts'
export {
  type CloseOptions,
  createServer,
  Server,
  type ServerCounts,
  type ServerOptions,
  type WsgiServer,
} from './server/server.ts'
export type { Certificate, TlsSettings } from './server/tls.ts'
