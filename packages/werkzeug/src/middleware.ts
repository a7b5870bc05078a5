/**
 * Applications around applications. Each is there under its name in Werkzeug too.
 * @module
 */
export {
  dispatcherMiddleware,
  dispatcherMiddleware as DispatcherMiddleware,
} from './middleware/dispatcher.ts'
export {
  type HttpProxyOptions,
  httpProxy,
  httpProxy as ProxyMiddleware,
  type ProxyTarget,
  ProxyTargetError,
} from './middleware/http-proxy.ts'
export {
  type ProfiledRequest,
  type ProfilerOptions,
  profiler,
  profiler as ProfilerMiddleware,
} from './middleware/profiler.ts'
export {
  originalEnviron,
  type ProxyFixOptions,
  proxyFix,
  proxyFix as ProxyFix,
} from './middleware/proxy-fix.ts'
export {
  type SharedDataOptions,
  sharedData,
  sharedData as SharedDataMiddleware,
} from './middleware/shared-data.ts'
