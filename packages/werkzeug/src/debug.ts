/**
 * The interactive debugger.
 * @module
 */
export {
  debuggedApplication,
  debuggedApplication as DebuggedApplication,
} from './debugger/debugged-application.ts'
export type { DebuggerOptions } from './debugger/debugger-options.ts'
export { DebuggerInProduction, type PrepareOptions, prepareDebugger } from './debugger/prepare.ts'
