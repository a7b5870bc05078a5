import {
  type EnvironSource,
  HTTPException,
  type HTTPExceptionOptions,
  readArguments,
} from './http-exception.ts'

/** One `WWW-Authenticate` challenge. */
export interface Challenge {
  /** The header's value. */
  toHeader(): string
}

/** What a 401 takes. */
export interface UnauthorizedOptions extends HTTPExceptionOptions {
  /** One challenge or several, each of which becomes a `WWW-Authenticate` field of its own. */
  readonly wwwAuthenticate?: Challenge | Iterable<Challenge> | undefined
}

/** 401: who asks is not known. */
export class Unauthorized extends HTTPException {
  static override readonly code: number = 401
  static override readonly description: string =
    'The server could not verify that you are authorized to access the URL requested. You either ' +
    "supplied the wrong credentials (e.g. a bad password), or your browser doesn't understand how to " +
    'supply the credentials required.'
  static override readonly knownOptions = ['description', 'response', 'wwwAuthenticate']

  /** The challenges to send. */
  readonly wwwAuthenticate: readonly Challenge[]

  constructor(description?: string | UnauthorizedOptions, options?: UnauthorizedOptions) {
    const given: UnauthorizedOptions = readArguments(new.target, [description], options)
    super(given)
    const challenges = given.wwwAuthenticate ?? []
    this.wwwAuthenticate = 'toHeader' in challenges ? [challenges] : [...challenges]
  }

  override getHeaders(environ?: EnvironSource): [name: string, value: string][] {
    const headers = super.getHeaders(environ)
    for (const challenge of this.wwwAuthenticate) headers.push(['WWW-Authenticate', challenge.toHeader()])
    return headers
  }
}
