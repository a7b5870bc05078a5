import type { Flask } from '../app/app.ts'
import { requireContext } from '../context/require.ts'
import { type HeadersValue, type StatusValue, tuple } from '../tuple.ts'
import type { Response } from '../wrappers/response.ts'

/**
 * Makes a response of what a view may return, to set more on it: `makeResponse('made', 201)`. Without arguments it
 * makes an empty one.
 *
 * @throws OutsideContextError - without an application.
 * @see https://flask.palletsprojects.com/api/#flask.make_response
 */
export function makeResponse(
  body?: unknown,
  status?: StatusValue | HeadersValue,
  headers?: HeadersValue,
): Response
export function makeResponse(...args: readonly unknown[]): Response {
  const context = requireContext()
  const app = context.app as Flask
  if (args.length === 0) return new app.responseClass()
  const request = context.hasRequest ? context.request : undefined
  return app.makeResponse(args.length === 1 ? args[0] : tuple(...args), request)
}
