/**
 * Applications around applications. Each is there under its name in Python too.
 * @module
 */
export {
  dispatcherMiddleware,
  dispatcherMiddleware as DispatcherMiddleware,
} from './middleware/dispatcher.ts'
export {
  originalEnviron,
  type ProxyFixOptions,
  proxyFix,
  proxyFix as ProxyFix,
} from './middleware/proxy-fix.ts'
