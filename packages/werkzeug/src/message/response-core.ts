import type { Environ, ResponseBody, WsgiResponse } from '@flask-ts/wsgi'
import type { Headers } from '../datastructures/headers.ts'
import {
  type BodyInput,
  type BodyPart,
  closeBody,
  encodePart,
  isAsyncBody,
  isFileBody,
  isPartList,
  isWhole,
  joinParts,
  partLength,
  partsOf,
} from './body-kinds.ts'
import { BodyNotSequenceError } from './errors.ts'
import { readFilePart } from './file-part.ts'
import { type JsonModule, plainJson } from './json-module.ts'
import { ResponseHead, type ResponseOptions } from './response-head.ts'
import { ResponseStream } from './response-stream.ts'
import { fittedHeaders, hasNoBody, isSentAsIs } from './wsgi-headers.ts'

/**
 * Status, header and body of an answer: what a server needs, and what can be done with it.
 */
export class ResponseCore extends ResponseHead implements WsgiResponse {
  /** Whether `Content-Length` is set wherever the length is known. */
  static readonly automaticallySetContentLength: boolean = true
  /** Whether `data` may read a streamed body to its end. */
  static readonly implicitSequenceConversion: boolean = true
  /** Whether a relative `Location` is sent as an absolute URL. */
  static readonly autocorrectLocationHeader: boolean = false

  /** What is sent: text, bytes, a list of them, something that yields them, a part of a file, or nothing. */
  body: ResponseBody
  /** The body goes to the server as it is and must not be read here. */
  directPassthrough: boolean
  #onClose: (() => unknown)[] | undefined = undefined

  /**
   * @param body - Text, bytes, a list of them (all of these have a length), something that yields them (then the
   *   response is streamed), or nothing.
   * @param options - See {@link ResponseOptions}.
   */
  constructor(body?: BodyInput, options?: ResponseOptions) {
    // The length is written at once: most responses are one text, and everything that looks at them expects it.
    super(options, new.target.automaticallySetContentLength && isWhole(body) ? partLength(body) : undefined)
    this.body = body ?? null
    this.directPassthrough = options?.directPassthrough ?? false
  }

  /** The body as bytes; setting it takes text or bytes and sets the length. */
  get data(): Buffer {
    return this.getData()
  }

  set data(value: string | Uint8Array) {
    this.setData(value)
  }

  /**
   * The whole body. A streamed body is read to its end and kept.
   *
   * @param options - `asText` decodes it as UTF-8.
   * @throws BodyNotSequenceError if it comes asynchronously, or may not be read here.
   */
  getData(options?: { readonly asText?: false }): Buffer
  getData(options: { readonly asText: true }): string
  getData(options?: { readonly asText?: boolean }): Buffer | string
  getData(options?: { readonly asText?: boolean }): Buffer | string {
    if (options?.asText === true && typeof this.body === 'string') return this.body
    const bytes = joinParts(this.#ensureSequence())
    return options?.asText === true ? bytes.toString('utf8') : bytes
  }

  /** Replaces the body by text or bytes, and sets the length. */
  setData(value: string | Uint8Array): void {
    this.body = value
    if ((this.constructor as typeof ResponseCore).automaticallySetContentLength) {
      this.headers.set('Content-Length', String(partLength(value)))
    }
  }

  /** The whole body as text. */
  get text(): string {
    return this.getData({ asText: true })
  }

  /** Reads and writes JSON: a subclass may bring its own. */
  get jsonModule(): JsonModule {
    return plainJson
  }

  /** The body as JSON, or `undefined` if the media type does not say so. */
  get json(): unknown {
    return this.getJson()
  }

  /**
   * Reads the body as JSON.
   *
   * @param options - `force` ignores the media type; `silent` gives `undefined` for what is not JSON.
   * @throws SyntaxError if it is not JSON.
   */
  getJson(options: { readonly force?: boolean; readonly silent?: boolean } = {}): unknown {
    if (options.force !== true && !this.isJson) return undefined
    const text = this.getData({ asText: true })
    if (options.silent !== true) return this.jsonModule.loads(text)
    try {
      return this.jsonModule.loads(text)
    } catch {
      // This is what `silent` asks for.
      return undefined
    }
  }

  /** Whether the parts come one by one, in a number that is not known. */
  get isStreamed(): boolean {
    return !this.isSequence
  }

  /** Whether the body is there: text, bytes, a list of them, or nothing. */
  get isSequence(): boolean {
    const { body } = this
    return body === null || isWhole(body) || isPartList(body)
  }

  #ensureSequence(): Iterable<BodyPart> {
    if (this.isSequence) return partsOf(this.body)
    const why = this.directPassthrough
      ? 'it goes to the server directly'
      : (this.constructor as typeof ResponseCore).implicitSequenceConversion
        ? undefined
        : 'implicit conversion is off'
    if (why !== undefined) {
      throw new BodyNotSequenceError(
        `the response's body cannot be read, because ${why}: call makeSequence() first`,
      )
    }
    if (isAsyncBody(this.body)) {
      throw new BodyNotSequenceError(
        "the response's body is streamed asynchronously: call await response.makeSequence() before reading it",
      )
    }
    this.makeSequence()
    return partsOf(this.body)
  }

  /**
   * Reads a streamed body to its end and keeps it as a list of bytes.
   *
   * @returns A promise if the body comes asynchronously.
   */
  makeSequence(): void | Promise<void> {
    const { body } = this
    if (this.isSequence) return
    if (isAsyncBody(body)) {
      return collect(body).then((parts) => {
        this.body = parts
      })
    }
    this.body = Array.from(this.iterEncoded())
    this.callOnClose(() => closeBody(body))
  }

  /**
   * The parts of the body as bytes.
   *
   * @throws BodyNotSequenceError if they come asynchronously.
   */
  *iterEncoded(): Generator<Buffer> {
    const { body } = this
    if (isFileBody(body)) yield readFilePart(body)
    else if (isAsyncBody(body)) {
      throw new BodyNotSequenceError("the response's body is streamed asynchronously: use encodedParts()")
    } else for (const part of partsOf(body)) yield encodePart(part)
  }

  /** The parts of the body as bytes, however they come. */
  async *encodedParts(): AsyncGenerator<Buffer> {
    const { body } = this
    if (!isAsyncBody(body)) yield* this.iterEncoded()
    else for await (const part of body) yield encodePart(part)
  }

  /** The size of the body in bytes, or `undefined` if it cannot be known without sending it. */
  calculateContentLength(): number | undefined {
    const { body } = this
    if (isFileBody(body)) return this.directPassthrough ? undefined : body.length
    if (!this.isSequence && (this.directPassthrough || isAsyncBody(body))) return undefined
    let length = 0
    for (const part of this.#ensureSequence()) length += partLength(part)
    return length
  }

  /** Appends to the body; the length is then open. */
  appendPart(part: BodyPart): void {
    this.body = [...this.#ensureSequence(), part]
    this.headers.remove('Content-Length')
  }

  /** The body as something to write to. */
  get stream(): ResponseStream {
    return new ResponseStream(this)
  }

  /** Has a function called when the response is done with. @returns The function. */
  callOnClose<F extends () => unknown>(callback: F): F {
    this.#onClose ??= []
    this.#onClose.push(callback)
    return callback
  }

  /** Gives back what the body holds and calls what waits for the end. Servers call it once. */
  close(): void {
    try {
      closeBody(this.body)
    } finally {
      const callbacks = this.#onClose ?? []
      this.#onClose = undefined
      for (const callback of callbacks) callback()
    }
  }

  [Symbol.dispose](): void {
    this.close()
  }

  /** The header fields as sent in answer to this request: URLs encoded, length set or removed. */
  getWsgiHeaders(environ: Environ): Headers {
    const { autocorrectLocationHeader, automaticallySetContentLength } = this
      .constructor as typeof ResponseCore
    const headers = fittedHeaders(this.headers, this.status, environ, autocorrectLocationHeader)
    if (
      automaticallySetContentLength &&
      this.isSequence &&
      !hasNoBody(this.status) &&
      !headers.has('Content-Length')
    ) {
      headers.set('Content-Length', String(this.calculateContentLength()))
    }
    return headers
  }

  /**
   * The response as sent in answer to this request: itself where nothing has to be fitted, as it is mostly.
   */
  getWsgiResponse(environ: Environ): WsgiResponse {
    const bodiless = environ.method === 'HEAD' || hasNoBody(this.status)
    if (!bodiless && isWhole(this.body) && isSentAsIs(this.headers)) return this
    return {
      status: this.status,
      reason: this.reason,
      headers: this.getWsgiHeaders(environ),
      body: bodiless ? null : this.body,
      close: () => this.close(),
    }
  }

  /** `Response 12 bytes [200 OK]` */
  repr(): string {
    const body = this.isSequence ? `${this.calculateContentLength()} bytes` : 'streamed'
    return `<${this.constructor.name} ${body} [${this.statusLine}]>`
  }
}

async function collect(body: AsyncIterable<BodyPart>): Promise<Buffer[]> {
  const parts: Buffer[] = []
  for await (const part of body) parts.push(encodePart(part))
  return parts
}
