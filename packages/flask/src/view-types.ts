import type { Response } from './wrappers/response.ts'

/**
 * What a view, a hook that answers, or an error handler may return.
 *
 * Text and bytes are sent as they are; plain objects and arrays become JSON; `tuple(body, status, headers)` adds a
 * status and headers; generators are streamed; a response or an application answers itself. `null` and numbers are
 * in the type because parsed JSON may be returned; they are a 500 at run time, as in Flask.
 */
export type ResponseReturnValue = string | number | boolean | null | object

/** A view: called with the values of its rule's variables. */
export type View<Params = Record<string, unknown>> = (params: Params) => ResponseReturnValue

/** A hook that runs before the view, and answers in its place if it returns anything. */
export type BeforeRequest = () => ResponseReturnValue | undefined | void

/** A hook that gets the response, and returns it or another. */
export type AfterRequest = (response: Response) => Response | Promise<Response>

/** A clean-up at the end of a request or context. It gets the exception that ended it, or `null`. */
export type Teardown = (error: unknown) => unknown

/** Answers in place of an exception. */
export type ErrorHandler<E = unknown> = (error: E) => ResponseReturnValue

/** Changes the values of a matched rule; endpoint and values are `null` where nothing matched. */
export type UrlValuePreprocessor = (
  endpoint: string | null,
  values: Record<string, unknown> | null,
) => unknown

/** Fills in values before a URL is built. */
export type UrlDefaults = (endpoint: string, values: Record<string, unknown>) => unknown

/** Gives names to all templates. */
export type ContextProcessor = () => Record<string, unknown>

/** Gives names to the interactive shell. */
export type ShellContextProcessor = () => Record<string, unknown>
