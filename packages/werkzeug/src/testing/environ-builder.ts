import type { Environ } from '@flask-ts/wsgi'
import { Authorization } from '../datastructures/authorization.ts'
import { FileMultiDict } from '../datastructures/file-multi-dict.ts'
import { Headers, type HeadersData } from '../datastructures/headers.ts'
import { MultiDict } from '../datastructures/multi-dict.ts'
import { parsePlainInt } from '../http/plain-int.ts'
import { getContentType } from '../message/content-type.ts'
import { iriToUri } from '../urls/iri.ts'
import { unquote } from '../urls/percent.ts'
import { encodeQueryString, type QueryData } from '../urls/query-string.ts'
import { splitUrl } from '../urls/split.ts'
import { Request } from '../wrappers/request.ts'
import { BuilderConflictError } from './errors.ts'
import { type FormInput, readFormInput } from './form-data.ts'
import { makeEnviron } from './make-environ.ts'
import { encodeMultipart } from './multipart-body.ts'

/** What a test request is made from. */
export interface EnvironBuilderOptions {
  /** Scheme, host and mount point: `http://localhost/` unless given. */
  readonly baseUrl?: string | undefined
  /** The query as text, or its parameters. Not together with a `?` in the path. */
  readonly queryString?: string | QueryData | undefined
  /** `GET` unless given. */
  readonly method?: string | undefined
  readonly headers?: HeadersData | undefined
  /** The body: text or bytes, or the fields and files of a form. */
  readonly data?: string | Uint8Array | FormInput | undefined
  /** A value to send as JSON. */
  readonly json?: unknown
  /** The body as something that comes piece by piece, as over the network. */
  readonly inputStream?: AsyncIterable<Uint8Array> | undefined
  readonly contentType?: string | undefined
  /** Media type; text types get a charset. */
  readonly mimetype?: string | undefined
  /** Bytes; known by itself unless the body is a stream. */
  readonly contentLength?: number | undefined
  /** Name and password for Basic authentication, or an `Authorization`. */
  readonly auth?: Authorization | readonly [username: string, password: string] | undefined
  /** The client's address: `127.0.0.1` unless given. */
  readonly remoteAddr?: string | undefined
  /** `HTTP/1.1` unless given. */
  readonly protocol?: string | undefined
  /** Members of the environ that come out differently. */
  readonly environOverrides?: Partial<Environ> | undefined
}

/**
 * Makes test requests.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/test/#environment-building
 */
export class EnvironBuilder {
  /** The path below the mount point, encoded. */
  path: string
  /** `http` or `https`. */
  urlScheme = 'http'
  /** With its port, if it is not the scheme's own. */
  host = 'localhost'
  /** The mount point, encoded, without a slash at its end. */
  scriptRoot = ''
  /** The query, encoded. */
  queryString: string
  method: string
  readonly headers: Headers
  /** The body as bytes or pieces; `undefined` where it is a form, or there is none. */
  inputStream: Uint8Array | AsyncIterable<Uint8Array> | undefined
  form: MultiDict<string> = new MultiDict()
  files: FileMultiDict = new FileMultiDict()
  remoteAddr: string
  protocol: string
  environOverrides: Partial<Environ>

  /**
   * @param path - Path, with a query if there is none in the options.
   * @throws BuilderConflictError Where the options contradict each other.
   */
  constructor(path = '/', options: EnvironBuilderOptions = {}) {
    const url = splitUrl(path)
    if (options.queryString !== undefined && path.includes('?')) {
      throw new BuilderConflictError('the query is both in the path and in queryString: give one of them')
    }
    this.path = iriToUri(url.path)
    const query = options.queryString ?? url.query
    this.queryString = typeof query === 'string' ? query : encodeQueryString(pairsOf(query))
    if (options.baseUrl !== undefined) this.baseUrl = options.baseUrl
    this.method = options.method ?? 'GET'
    this.headers = options.headers instanceof Headers ? options.headers.copy() : new Headers(options.headers)
    this.remoteAddr = options.remoteAddr ?? '127.0.0.1'
    this.protocol = options.protocol ?? 'HTTP/1.1'
    this.environOverrides = options.environOverrides ?? {}
    this.inputStream = options.inputStream
    if (options.contentType !== undefined) this.contentType = options.contentType
    if (options.contentLength !== undefined) this.contentLength = options.contentLength
    if (options.auth !== undefined) this.#authorize(options.auth)
    this.#setBody(options)
    if (options.mimetype !== undefined) this.mimetype = options.mimetype
  }

  /** Turns an environ back into a builder; a body that is there comes along. */
  static fromEnviron(environ: Environ, options: EnvironBuilderOptions = {}): EnvironBuilder {
    const { headers, body, target, scriptName } = environ
    const request = new Request(environ)
    const builder = new EnvironBuilder('/', { remoteAddr: environ.remote.host, ...options })
    builder.path = iriToUri(
      request.pathInfo.replaceAll('%', '%25').replaceAll('?', '%3F').replaceAll('#', '%23'),
    )
    builder.scriptRoot = iriToUri(scriptName).replace(/\/+$/, '')
    if (options.queryString === undefined) builder.queryString = target.split('?').slice(1).join('?')
    builder.urlScheme = environ.scheme
    builder.host = headers.get('host') ?? 'localhost'
    builder.method = options.method ?? environ.method
    for (const [name, value] of headers) if (name.toLowerCase() !== 'host') builder.headers.add(name, value)
    builder.inputStream = body.bytes === undefined ? body : body.bytes.length > 0 ? body.bytes : undefined
    return builder
  }

  #authorize(auth: Authorization | readonly [username: string, password: string]): void {
    const header =
      auth instanceof Authorization
        ? auth
        : new Authorization('basic', { username: auth[0], password: auth[1] })
    this.headers.set('Authorization', header.toHeader())
  }

  #setBody(options: EnvironBuilderOptions): void {
    let { data } = options
    if (options.json !== undefined) {
      if (data !== undefined) throw new BuilderConflictError('data and json are both given: give one of them')
      data = this.jsonDumps(options.json)
      this.contentType ??= 'application/json'
    }
    if (data === undefined || data === '') return
    if (this.inputStream !== undefined) {
      throw new BuilderConflictError('data and inputStream are both given: give one of them')
    }
    if (typeof data === 'string') this.inputStream = Buffer.from(data)
    else if (data instanceof Uint8Array) this.inputStream = data
    else {
      const { form, files } = readFormInput(data)
      this.form = form
      this.files = files
    }
  }

  /** Writes a value as JSON. */
  protected jsonDumps(value: unknown): string {
    return JSON.stringify(value)
  }

  /** Scheme, host and mount point. */
  get baseUrl(): string {
    return `${this.urlScheme}://${this.host}${this.scriptRoot}/`
  }

  set baseUrl(value: string) {
    const { scheme, netloc, path, query, fragment } = splitUrl(iriToUri(value))
    if (query !== '' || fragment !== '') {
      throw new BuilderConflictError(`the base URL ${value} must not have a query or fragment`)
    }
    this.scriptRoot = path.replace(/\/+$/, '')
    this.host = netloc
    this.urlScheme = scheme
  }

  /** The media type; that of the form where none is set. */
  get contentType(): string | undefined {
    const type = this.headers.get('Content-Type')
    if (type !== undefined || this.inputStream !== undefined) return type
    if (this.files.size > 0) return 'multipart/form-data'
    return this.form.size > 0 ? 'application/x-www-form-urlencoded' : undefined
  }

  set contentType(value: string | undefined) {
    if (value === undefined) this.headers.remove('Content-Type')
    else this.headers.set('Content-Type', value)
  }

  /** The media type without parameters. */
  get mimetype(): string | undefined {
    return this.contentType?.split(';', 1)[0]?.trim()
  }

  set mimetype(value: string) {
    this.contentType = getContentType(value)
  }

  /** Size of the body in bytes, where it is set. */
  get contentLength(): number | undefined {
    return parsePlainInt(this.headers.get('Content-Length') ?? '')
  }

  set contentLength(value: number | undefined) {
    if (value === undefined) this.headers.remove('Content-Length')
    else this.headers.set('Content-Length', value)
  }

  /** The host without its port. */
  get serverName(): string {
    return this.host.split(':', 1)[0]!
  }

  /** The port; the scheme's own where there is none in the host. */
  get serverPort(): number {
    const port = parsePlainInt(this.host.split(':')[1] ?? '')
    return port ?? (this.urlScheme === 'https' ? 443 : 80)
  }

  /** The environ. */
  getEnviron(): Environ {
    const { body, contentType } = this.#encodedBody()
    const headers = this.headers.copy()
    headers.remove('Content-Type')
    headers.remove('Content-Length')
    const length = body instanceof Uint8Array ? body.length : this.contentLength
    const fields: [string, string][] = headers.has('Host') ? [] : [['Host', this.host]]
    for (const [name, value] of headers) fields.push([name, value])
    if (contentType !== undefined) fields.push(['Content-Type', contentType])
    if (length !== undefined) fields.push(['Content-Length', String(length)])
    const path = this.path.startsWith('/') || this.path === '' ? this.path : `/${this.path}`
    const query = Buffer.from(this.queryString).toString('latin1')
    return {
      ...makeEnviron({
        method: this.method,
        target: `${this.scriptRoot}${path}${query === '' ? '' : `?${query}`}`,
        protocol: this.protocol,
        scheme: this.urlScheme as Environ['scheme'],
        headers: fields,
        body,
        local: { host: this.serverName, port: this.serverPort },
        remote: { host: this.remoteAddr, port: 0 },
        scriptName: unquote(this.scriptRoot),
      }),
      ...this.environOverrides,
    }
  }

  #encodedBody(): {
    readonly body: Uint8Array | AsyncIterable<Uint8Array> | undefined
    readonly contentType: string | undefined
  } {
    const { contentType, mimetype } = this
    if (this.inputStream !== undefined) return { body: this.inputStream, contentType }
    if (mimetype === 'multipart/form-data') {
      const { boundary, body } = encodeMultipart({ form: this.form, files: this.files })
      return { body, contentType: `${mimetype}; boundary="${boundary}"` }
    }
    if (mimetype === 'application/x-www-form-urlencoded') {
      return { body: Buffer.from(encodeQueryString(this.form.items({ multi: true }))), contentType }
    }
    return { body: undefined, contentType }
  }

  /** A request with the environ. */
  getRequest(): Request
  getRequest<R extends Request>(type: new (environ: Environ) => R): R
  getRequest(type: new (environ: Environ) => Request = Request): Request {
    return new type(this.getEnviron())
  }

  /** Closes the files. */
  close(): void {
    this.files.close()
  }

  [Symbol.dispose](): void {
    this.close()
  }
}

function pairsOf(query: QueryData): QueryData {
  return query instanceof MultiDict ? query.items({ multi: true }) : query
}

/**
 * Makes the environ of a test request.
 *
 * @param path - Path, with a query if there is none in the options.
 * @param options - See {@link EnvironBuilderOptions}.
 */
export function createEnviron(path?: string, options?: EnvironBuilderOptions): Environ {
  return new EnvironBuilder(path, options).getEnviron()
}
