import type { BaseResponse } from '@flask-ts/werkzeug'
import { redirect as werkzeugRedirect } from '@flask-ts/werkzeug'
import { abort as werkzeugAbort } from '@flask-ts/werkzeug/exceptions'
import type { Flask } from '../app/app.ts'
import type { UrlForArguments } from '../app/url-for.ts'
import { currentContext } from '../context/app-context.ts'
import { requireContext } from '../context/require.ts'
import { Response } from '../wrappers/response.ts'

/**
 * Builds the URL of an endpoint of the current application; see `Flask.urlFor`.
 *
 * @throws BuildError - if no rule of the endpoint fits.
 * @see https://flask.palletsprojects.com/api/#flask.url_for
 */
export function urlFor<const E extends string>(endpoint: E, ...values: UrlForArguments<E>): string {
  return (requireContext().app as Flask).urlFor(endpoint, ...values)
}

/**
 * A response that sends the client elsewhere.
 *
 * @param code - 303 unless given: the client goes on with GET.
 * @see https://flask.palletsprojects.com/api/#flask.redirect
 */
export function redirect(location: string, code = 303): Response {
  const app = currentContext()?.app as Flask | undefined
  return app === undefined ? werkzeugRedirect(location, code, Response) : app.redirect(location, code)
}

/**
 * Ends the request with an error, or with a response: `abort(404)`, `abort(404, 'No such page.')`.
 *
 * @throws HTTPException - of the code, from the application's table.
 * @see https://flask.palletsprojects.com/api/#flask.abort
 */
export function abort(code: number | BaseResponse, ...args: readonly unknown[]): never {
  const app = currentContext()?.app as Flask | undefined
  return app === undefined ? werkzeugAbort(code, ...args) : app.aborter.abort(code, ...args)
}
