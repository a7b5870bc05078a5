import { Signal } from './signal.ts'

/** Sent before a template is rendered. */
export const beforeRenderTemplate = new Signal<{ template: unknown; context: object }>(
  'before-render-template',
)
/** Sent when a template has been rendered. */
export const templateRendered = new Signal<{ template: unknown; context: object }>('template-rendered')
/** Sent when the request context is there, before any request processing. */
export const requestStarted = new Signal<object>('request-started')
/** Sent when the response is made, before it goes to the client. */
export const requestFinished = new Signal<{ response: unknown }>('request-finished')
/** Sent when the request is torn down, whatever happened. */
export const requestTearingDown = new Signal<{ exc: unknown }>('request-tearing-down')
/** Sent when an exception reached the framework, before the answer is made. */
export const gotRequestException = new Signal<{ exception: unknown }>('got-request-exception')
/** Sent when an application context is torn down, whatever happened. */
export const appcontextTearingDown = new Signal<{ exc: unknown }>('appcontext-tearing-down')
/** Sent when an application context becomes active. */
export const appcontextPushed = new Signal<object>('appcontext-pushed')
/** Sent when an application context was put away. */
export const appcontextPopped = new Signal<object>('appcontext-popped')
/** Sent when a message is flashed. */
export const messageFlashed = new Signal<{ message: unknown; category: string }>('message-flashed')
