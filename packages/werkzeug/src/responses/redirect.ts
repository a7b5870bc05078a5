import { escape } from '@flask-ts/markupsafe'
import type { EnvironSource } from '../exceptions/http-exception.ts'
import { Response } from '../wrappers/response.ts'
import { targetPath, targetQuery } from '../wrappers/target.ts'

/** A class of responses. */
export type ResponseType<R extends Response> = new (...args: ConstructorParameters<typeof Response>) => R

/**
 * Sends the client elsewhere.
 *
 * @param location - The URL; relative ones are the client's to resolve.
 * @param code - 303 (unless given) has the client GET the target; 307 keeps the method; 308 does so for good.
 * @param type - The class of the response.
 */
export function redirect(location: string, code?: number): Response
export function redirect<R extends Response>(location: string, code: number, type: ResponseType<R>): R
export function redirect(location: string, code = 303, type: ResponseType<Response> = Response): Response {
  const link = escape(location).toString()
  const response = new type(
    '<!doctype html>\n<html lang=en>\n<title>Redirecting...</title>\n<h1>Redirecting...</h1>\n' +
      '<p>You should be redirected automatically to the target URL: ' +
      `<a href="${link}">${link}</a>. If not, click the link.\n`,
    { status: code, mimetype: 'text/html' },
  )
  response.headers.set('Location', location)
  return response
}

/**
 * Sends the client to the same URL with a slash behind it. The link is relative to the last segment.
 *
 * @param request - The request or its environ; its path must not end with a slash.
 * @param code - Status of the redirect.
 */
export function appendSlashRedirect(request: EnvironSource, code = 308): Response {
  const { target } = 'environ' in request ? request.environ : request
  const path = targetPath(target)
  const tail = path.slice(path.lastIndexOf('/') + 1)
  const query = targetQuery(target)
  return redirect(`${tail === '' ? '.' : tail}/${query === '' ? '' : `?${query}`}`, code)
}
