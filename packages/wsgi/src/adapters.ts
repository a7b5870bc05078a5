/**
 * Bridges between this interface and the others that servers and frameworks speak.
 * @module
 */
export { fromFetch } from './adapters/from-fetch.ts'
export { type FromNodeOptions, fromNode } from './adapters/from-node.ts'
export {
  createNodeHttp2Server,
  createNodeHttpServer,
  type NodeServerOptions,
} from './adapters/node-server.ts'
export { type FetchHandler, type FetchInfo, type ToFetchOptions, toFetch } from './adapters/to-fetch.ts'
export { type NodeListener, type ToNodeOptions, toNode } from './adapters/to-node.ts'
