/**
 * Testing applications without a server.
 * @module
 */
export { type EnvironParts, makeEnviron } from './testing/make-environ.ts'
