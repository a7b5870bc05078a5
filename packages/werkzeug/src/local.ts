/**
 * Objects that belong to the running context, and proxies that stand for them.
 * @module
 */
export { type ContextProxyOptions, Local } from './local/local.ts'
export { LocalManager, type Releasable } from './local/local-manager.ts'
export {
  boundOrThrow,
  currentObject,
  isLocalProxy,
  type LocalProxyOptions,
  localProxy,
} from './local/local-proxy.ts'
export { LocalStack } from './local/local-stack.ts'
export { UnboundError } from './local/unbound-error.ts'
