/**
 * The server interface: what servers, middleware and applications agree on.
 * @module
 */
export type { Application, FileBody, Middleware, ResponseBody, WsgiResponse } from './application.ts'
export type { Address, Environ, RequestBody, RequestHeaders, TlsInfo, Upgrade } from './environ.ts'
export { deriveEnviron } from './environ.ts'
