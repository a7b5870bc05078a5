/**
 * Flask's signals, and signals of one's own.
 * @module
 */
export {
  appcontextPopped,
  appcontextPushed,
  appcontextTearingDown,
  beforeRenderTemplate,
  gotRequestException,
  messageFlashed,
  requestFinished,
  requestStarted,
  requestTearingDown,
  templateRendered,
} from './signals/flask-signals.ts'
export { Namespace, type Receiver, Signal } from './signals/signal.ts'
