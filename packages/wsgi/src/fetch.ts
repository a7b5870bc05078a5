/**
 * The Fetch bridges alone, for runtimes without Node's modules.
 * @module
 */
export { fromFetch } from './adapters/from-fetch.ts'
export { type FetchHandler, type FetchInfo, type ToFetchOptions, toFetch } from './adapters/to-fetch.ts'
