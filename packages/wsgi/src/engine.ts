/**
 * The HTTP/1.1 engine without sockets, for servers and tests that bring their own transport.
 * @module
 */
export { Connection } from './engine/connection.ts'
export { httpDate } from './engine/date.ts'
export { Engine, type EngineOptions } from './engine/engine.ts'
export { Exchange } from './engine/exchange.ts'
export { headersFromPairs, noHeaders } from './engine/headers.ts'
export { reasonOf } from './engine/reasons.ts'
export type { Transport, TransportInfo } from './engine/transport.ts'
