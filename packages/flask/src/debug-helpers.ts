import type { MethodNotAllowed } from '@flask-ts/werkzeug/exceptions'
import { RequestRedirect } from '@flask-ts/werkzeug/routing'

/** What the message reads of the request. */
interface RedirectedRequest {
  readonly url: string
  readonly baseUrl: string
  readonly routingException: unknown
}

/** In debug mode: a redirect of routing would make the browser drop the method or the body. */
export class FormDataRoutingRedirect extends Error {
  override readonly name = 'FormDataRoutingRedirect'

  constructor(request: RedirectedRequest) {
    const target = request.routingException instanceof RequestRedirect ? request.routingException.newUrl : ''
    let text = `A request was sent to '${request.url}', but routing issued a redirect to the canonical URL '${target}'.`
    if (`${request.baseUrl}/` === target.split('?')[0]) {
      text +=
        ' The URL was defined with a trailing slash. Flask will redirect to the URL with a trailing slash if it' +
        ' was accessed without one.'
    }
    super(
      `${text} Send requests to the canonical URL, or use 307 or 308 for routing redirects. Otherwise, browsers` +
        ' will drop form data.\n\nThis exception is only raised in debug mode.',
    )
  }
}

/** What the message reads of the request. */
interface FormRequest {
  readonly mimetype: string | undefined
  readonly form: { getlist(key: string): string[] }
}

/** In debug mode: a file was looked up that came as a text field. */
export class DebugFilesKeyError extends Error {
  override readonly name = 'DebugFilesKeyError'

  constructor(request: FormRequest, key: string) {
    const names = request.form.getlist(key)
    let text =
      `You tried to access the file '${key}' in request.files but it does not exist. The mimetype for the request` +
      ` is '${request.mimetype ?? ''}' instead of 'multipart/form-data' which means that no file contents were` +
      ' transmitted. To fix this error you should provide enctype="multipart/form-data" in your form.'
    if (names.length > 0) {
      text +=
        '\n\nThe browser instead transmitted some file names. This was submitted: ' +
        names.map((name) => `'${name}'`).join(', ')
    }
    super(text)
  }
}

/** In debug mode the page of a 405 says which methods there are, and how to add one. */
export function explainMethods(
  request: { readonly path: string; readonly method: string },
  error: MethodNotAllowed,
): void {
  error.description =
    `The method is not allowed for the requested URL. '${request.path}' takes ${[...error.validMethods].sort().join(', ')},` +
    ` not ${request.method}. A route takes more with the option methods: ['${request.method}'].`
}
