import { HTTPException } from '@flask-ts/werkzeug/exceptions'
import { type Flask, renderTemplate, request, tuple } from 'flask-ts'

/** Errors are pages for people, and JSON for programs: those that call the API. */
export function registerErrorPages(app: Flask): void {
  app.errorHandler(HTTPException, function errorPage(error) {
    // Errors such as redirects bring a whole response; it goes out as it is.
    if (error.response !== null && error.response !== undefined) return error.response
    const { code, name, description } = error
    // The headers of the error stay: `Allow` of a 405, `Retry-After` of a 429.
    const headers = error.getHeaders().filter(([field]) => field.toLowerCase() !== 'content-type')
    if (request.path.startsWith('/api/')) return tuple({ error: { code, name, description } }, code, headers)
    return tuple(renderTemplate('error.html', { code, name, description }), code, headers)
  })
}
