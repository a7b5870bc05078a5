import { CallbackDict } from '../datastructures/callback-dict.ts'
import { type HeaderPair, Headers, type HeadersData } from '../datastructures/headers.ts'
import { dumpOptionsHeader, parseOptionsHeader } from '../http/options.ts'
import { contentTypeField, getContentType, isJsonType } from './content-type.ts'
import { parseStatus, statusLine } from './status.ts'

/** What a response can be given besides its body. */
export interface ResponseOptions {
  /** A number, or text such as `404 Not Found`. 200 unless given. */
  readonly status?: number | string | null | undefined
  /** Header fields. A `Headers` object is used as it is, everything else is copied. */
  readonly headers?: HeadersData | null | undefined
  /** Media type; text types get `charset=utf-8`. */
  readonly mimetype?: string | null | undefined
  /** The whole `Content-Type`, in place of `mimetype`. */
  readonly contentType?: string | null | undefined
  /** The body goes to the server as it is and must not be read here. */
  readonly directPassthrough?: boolean | undefined
}

/**
 * Status and header of an answer.
 */
export class ResponseHead {
  /** Status where none is given. */
  static readonly defaultStatus: number = 200
  /** Media type where none is given; `null` for no `Content-Type`. */
  static readonly defaultMimetype: string | null = 'text/plain'

  readonly headers: Headers
  #status: number
  #reason: string | undefined = undefined

  /**
   * @param options - See {@link ResponseOptions}.
   * @param length - The body's size in bytes, where it is known and to be sent.
   */
  constructor(options?: ResponseOptions, length?: number) {
    this.#status = new.target.defaultStatus
    if (options === undefined) {
      this.headers = newHeaders(new.target.defaultMimetype, length)
      return
    }
    const { headers, contentType, status } = options
    const plain = contentType === undefined || contentType === null
    if (plain && (headers === undefined || headers === null)) {
      this.headers = newHeaders(options.mimetype ?? new.target.defaultMimetype, length)
    } else {
      this.headers = headers instanceof Headers ? headers : new Headers(headers)
      let mimetype = options.mimetype ?? null
      if (plain && mimetype === null && !this.headers.has('Content-Type'))
        mimetype = new.target.defaultMimetype
      if (!plain) this.headers.set('Content-Type', contentType)
      else if (mimetype !== null) this.headers.set('Content-Type', getContentType(mimetype))
      if (length !== undefined) this.headers.set('Content-Length', length)
    }
    if (typeof status === 'number') this.#status = status
    else if (typeof status === 'string') this.status = status
  }

  /** The status code. Takes a number, or text such as `404 NOT FOUND`. */
  get status(): number {
    return this.#status
  }

  set status(value: number | string) {
    const { code, reason } = parseStatus(value)
    this.#status = code
    this.#reason = reason
  }

  /** The same as `status`. */
  get statusCode(): number {
    return this.#status
  }

  set statusCode(value: number) {
    this.status = value
  }

  /** The reason phrase, where it is not the standard one. */
  get reason(): string | undefined {
    return this.#reason
  }

  set reason(value: string | undefined) {
    this.#reason = value
  }

  /** Code and reason phrase: `404 Not Found`. */
  get statusLine(): string {
    return statusLine(this.#status, this.#reason)
  }

  /** The media type without parameters. */
  get mimetype(): string | undefined {
    const type = this.headers.get('Content-Type')
    return type === undefined || type === '' ? undefined : type.split(';', 1)[0]!.trim()
  }

  set mimetype(value: string) {
    this.headers.set('Content-Type', getContentType(value))
  }

  /** The parameters of the `Content-Type`; changes are written back. */
  get mimetypeParams(): CallbackDict<string> {
    const parameters = parseOptionsHeader(this.headers.get('Content-Type'))[1]
    return new CallbackDict(parameters, (changed) => {
      this.headers.set('Content-Type', dumpOptionsHeader(this.mimetype ?? null, changed.toDict()))
    })
  }

  /** Whether the media type says JSON. */
  get isJson(): boolean {
    const { mimetype } = this
    return mimetype !== undefined && isJsonType(mimetype)
  }
}

function newHeaders(mimetype: string | null, length: number | undefined): Headers {
  const fields: HeaderPair[] = []
  if (mimetype !== null) fields.push(contentTypeField(mimetype))
  if (length !== undefined) fields.push(['Content-Length', String(length)])
  return Headers.adopt(fields)
}
