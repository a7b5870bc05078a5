import type { FileBody, WsgiResponse } from '../application.ts'
import type { Address, Environ, RequestBody, RequestHeaders, TlsInfo, Upgrade } from '../environ.ts'
import { emptyBody, StreamedBody } from './body.ts'
import { BodyWriter } from './body-writer.ts'
import { ClientDisconnected, RequestRefused } from './errors.ts'
import { isFileBody, openFileBody, sendFile } from './file-body.ts'
import { HeaderBlock } from './headers.ts'
import type { ProxyHeader } from './proxy-protocol.ts'
import { type HeadPlan, responseHead, trailerSection } from './response-head.ts'
import { errorResponse, wholeSize } from './response-size.ts'
import type { Wire } from './wire.ts'

/** Larger bodies are sent at the client's pace instead of being handed to the socket at once. */
const pacedSize = 256 * 1024

/** The one plan of all responses: a head is made without interruption, so they can share it. */
const plan: HeadPlan = {
  size: -1,
  hasBody: true,
  isHead: false,
  minor: 1,
  keepAlive: true,
  server: '',
  framing: 'none',
  announced: -1,
}

/** What the connection knows of a request when its head is complete. */
export interface RequestHead {
  readonly method: string
  /** As sent. */
  readonly wireTarget: string
  /** In origin form. */
  readonly target: string
  readonly minor: number
  readonly keepAlive: boolean
  readonly expectContinue: boolean
  readonly wantsUpgrade: boolean
  /** Text that holds the field lines between the two places. */
  readonly text: string
  readonly fieldsAt: number
  readonly fieldsEnd: number
  /** The authority of an absolute target: it takes the place of the Host field (RFC 9112, 3.2.2). */
  readonly authority: string | undefined
}

/**
 * One request and its answer. It is itself the environ that the application gets, so that a request costs one object.
 *
 * Its getters go through `self`, because middleware may read it through an object that has it as its prototype.
 */
export class Exchange implements Environ {
  readonly self: Exchange = this
  readonly head: RequestHead
  readonly wire: Wire
  readonly method: string
  readonly target: string
  body: RequestBody = emptyBody
  readonly scriptName: string
  /** Set when the response is done with, whatever became of it. */
  finished = false
  #keepAlive: boolean
  #headers: RequestHeaders | undefined
  #controller: AbortController | undefined
  #response: WsgiResponse | undefined
  #iterator: Iterator<unknown> | AsyncIterator<unknown> | undefined
  #writer: BodyWriter | undefined
  #headSent = false
  #upgraded = false
  #disconnected = false
  #began = 0
  #sent = 0

  constructor(wire: Wire, head: RequestHead) {
    this.wire = wire
    this.head = head
    this.method = head.method
    this.target = head.target
    this.scriptName = wire.engine.scriptName
    this.#keepAlive = head.keepAlive
  }

  get protocol(): string {
    const { minor } = this.self.head
    return minor === 1 ? 'HTTP/1.1' : `HTTP/1.${minor}`
  }

  get scheme(): 'http' | 'https' {
    return this.self.wire.ends.scheme
  }

  get headers(): RequestHeaders {
    const own = this.self
    if (own.#headers === undefined) {
      const { text, fieldsAt, fieldsEnd, authority } = own.head
      const block = new HeaderBlock(text, fieldsAt, fieldsEnd)
      own.#headers = authority === undefined ? block : block.withHost(authority)
    }
    return own.#headers
  }

  get local(): Address {
    return this.self.wire.ends.local
  }

  get remote(): Address {
    return this.self.wire.ends.remote
  }

  get tls(): TlsInfo | undefined {
    return this.self.wire.ends.tls
  }

  /** What the PROXY protocol said, on the first request of a connection that began with it. */
  get proxy(): ProxyHeader | undefined {
    return this.self.wire.proxy
  }

  get signal(): AbortSignal {
    const own = this.self
    own.#controller ??= new AbortController()
    if (own.#disconnected) own.#controller.abort(new ClientDisconnected())
    return own.#controller.signal
  }

  get upgrade(): Upgrade | undefined {
    const own = this.self
    if (!own.head.wantsUpgrade || own.body !== emptyBody || own.#upgraded) return undefined
    return {
      protocol: own.headers.get('upgrade') ?? '',
      take() {
        own.#upgraded = true
        return own.wire.takeOver()
      },
    }
  }

  /** The head exactly as it was sent. */
  wireHeaders(): HeaderBlock {
    const { text, fieldsAt, fieldsEnd } = this.self.head
    return new HeaderBlock(text, fieldsAt, fieldsEnd)
  }

  /** Calls the application and sends what it answers, in the same tick if it can. */
  run(): void {
    const { engine } = this.wire
    if (engine.hooks.requestEnded !== undefined) this.#began = performance.now()
    engine.hooks.requestStarted?.(this)
    let answer: WsgiResponse | Promise<WsgiResponse>
    try {
      answer = engine.application(this)
    } catch (error) {
      this.fail(error)
      return
    }
    if (typeof (answer as Partial<Promise<WsgiResponse>> | undefined)?.then === 'function') {
      ;(answer as Promise<WsgiResponse>).then(
        (response) => this.#respond(response),
        (error: unknown) => this.fail(error),
      )
    } else {
      this.#respond(answer as WsgiResponse)
    }
  }

  #respond(response: WsgiResponse): void {
    this.#response = response
    if (this.finished || this.#upgraded) {
      this.#finish(this.#upgraded)
      return
    }
    try {
      const body = response.body
      const whole = body === null || typeof body === 'string' || body instanceof Uint8Array
      const size = whole ? wholeSize(body) : -1
      if (whole && size <= pacedSize) this.#sendWhole(response, body, size)
      else void this.#sendStream(response)
    } catch (error) {
      this.fail(error)
    }
  }

  #sendWhole(response: WsgiResponse, body: string | Uint8Array | null, size: number): void {
    const head = this.#makeHead(response, size)
    const { out } = this.wire
    this.#headSent = true
    if (size === 0 || body === null || plan.framing === 'none') {
      out.text(head)
    } else if (typeof body !== 'string') {
      out.text(head)
      out.bytes(body)
    } else if (body.length === size) {
      out.text(head + body)
    } else {
      out.text(head)
      out.utf8(body, size)
    }
    this.#sent = plan.framing === 'none' ? 0 : size
    this.#finish(true)
  }

  /** Settles the shared plan for this response. */
  #makeHead(response: WsgiResponse, size: number): string {
    const { engine } = this.wire
    const status = response.status
    plan.size = size
    plan.isHead = this.method === 'HEAD'
    plan.hasBody = !plan.isHead && status !== 204 && status !== 304
    plan.minor = this.head.minor
    plan.keepAlive = this.#keepAlive && !engine.draining && this.wire.mayPersist()
    plan.server = engine.serverName
    plan.framing = 'none'
    const head = responseHead(response, plan)
    this.#keepAlive = plan.keepAlive
    return head
  }

  async #sendStream(response: WsgiResponse): Promise<void> {
    try {
      const body = response.body as Exclude<WsgiResponse['body'], null>
      const file = typeof body === 'object' && isFileBody(body) ? body : undefined
      if (file !== undefined) await this.#sendFile(response, file)
      else await this.#sendPieces(response, body as Iterable<string | Uint8Array>)
    } catch (error) {
      this.fail(error)
    }
  }

  async #sendFile(response: WsgiResponse, body: FileBody): Promise<void> {
    if (this.method === 'HEAD' || response.status === 304) {
      this.#beginStream(response, body.length)
      this.#finish(true)
      return
    }
    const handle = await openFileBody(body)
    try {
      if (this.finished) return
      this.#beginStream(response, body.length)
      await sendFile(handle, body, this.wire.out)
      this.#sent = body.length
      this.#finish(true)
    } finally {
      await handle.close()
    }
  }

  /** Sends the head. */
  #beginStream(response: WsgiResponse, size: number): BodyWriter {
    const head = this.#makeHead(response, size)
    const writer = new BodyWriter(this.wire.out, plan.framing, plan.framing === 'none' ? -1 : plan.announced)
    this.#writer = writer
    this.#headSent = true
    this.wire.out.text(head)
    return writer
  }

  async #sendPieces(
    response: WsgiResponse,
    body: string | Uint8Array | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
  ): Promise<void> {
    const writer = this.#beginStream(response, wholeSize(body))
    if (plan.framing === 'none') {
      this.#finish(true)
      return
    }
    const chunked = plan.framing === 'chunked'
    if (typeof body === 'string' || body instanceof Uint8Array) await writer.writePaced(body)
    else if (Symbol.asyncIterator in body) await this.#pumpAsync(writer, body)
    else await this.#pump(writer, body)
    if (this.finished) return
    if (chunked && response.trailers !== undefined && /(^|,)[ \t]*trailers[ \t]*(,|$)/i.test(this.#te())) {
      writer.end(trailerSection(response.trailers()))
    } else {
      writer.end()
    }
    this.#finish(true)
  }

  #te(): string {
    return this.headers.get('te') ?? ''
  }

  /** Sends a plain iterable, without leaving the tick as long as the client keeps up. */
  async #pump(writer: BodyWriter, body: Iterable<string | Uint8Array>): Promise<void> {
    const iterator = body[Symbol.iterator]()
    this.#iterator = iterator
    for (let step = iterator.next(); step.done !== true; step = iterator.next()) {
      if (step.value.length <= pacedSize) writer.write(step.value)
      else await writer.writePaced(step.value)
      if (this.wire.out.congested) await this.wire.out.drained()
      if (this.finished) return
    }
    this.#iterator = undefined
  }

  async #pumpAsync(writer: BodyWriter, body: AsyncIterable<string | Uint8Array>): Promise<void> {
    const iterator = body[Symbol.asyncIterator]()
    this.#iterator = iterator
    // The head must not wait for a first piece that may be long in coming.
    this.wire.out.flushSoon()
    for (;;) {
      const step = await iterator.next()
      if (this.finished) return
      if (step.done === true) break
      await writer.writePaced(step.value)
    }
    this.#iterator = undefined
  }

  /** Answers an exception: with an error page if nothing was sent yet, else by breaking off. */
  fail(error: unknown): void {
    if (this.finished) {
      // The client is gone, and what the application says to that is not an error of its own.
      if (!(error instanceof ClientDisconnected)) this.#report(error)
      this.#finish(false)
      return
    }
    if (!(error instanceof RequestRefused || error instanceof ClientDisconnected)) this.#report(error)
    this.#stopIterating()
    this.#closeResponse()
    if (this.#headSent || this.#upgraded) {
      this.#finish(false)
      this.wire.abandon()
      return
    }
    const status = error instanceof RequestRefused ? error.status : 500
    if (error instanceof RequestRefused) this.#keepAlive = false
    const response = errorResponse(status, error instanceof RequestRefused ? error.message : undefined)
    this.#response = response
    this.#sendWhole(response, response.body, response.body.length)
  }

  #report(error: unknown): void {
    const { failed } = this.wire.engine.hooks
    if (failed !== undefined) failed(error, this)
    else console.error(`wsgi: the application failed on ${this.method} ${this.target}\n`, error)
  }

  /** The client has ended its side: nothing more will come, but it may still be listening. */
  inputEnded(): void {
    this.#disconnected = true
    this.#controller?.abort(new ClientDisconnected())
    if (this.body instanceof StreamedBody) this.body.fail(new ClientDisconnected())
  }

  /** The connection is gone. */
  disconnected(): void {
    this.inputEnded()
    if (this.finished) return
    this.#stopIterating()
    this.#finish(false)
  }

  #stopIterating(): void {
    const iterator = this.#iterator
    this.#iterator = undefined
    try {
      // An async generator that is waiting takes notice when it goes on; nobody can wait for that here.
      const stopped: unknown = iterator?.return?.()
      if (stopped instanceof Promise) stopped.catch((error: unknown) => this.#report(error))
    } catch (error) {
      this.#report(error)
    }
  }

  /** Ends the exchange once; a response that comes after it is only closed. */
  #finish(complete: boolean): void {
    const response = this.#response
    if (this.finished) {
      this.#closeResponse()
      return
    }
    this.finished = true
    const { requestEnded } = this.wire.engine.hooks
    if (requestEnded !== undefined) {
      requestEnded({
        environ: this,
        status: this.#upgraded ? 101 : this.#headSent ? (response?.status ?? 0) : 0,
        bytes: this.#writer?.written || this.#sent,
        duration: performance.now() - this.#began,
        headers: response?.headers ?? [],
        complete,
      })
    }
    this.#closeResponse()
    if (complete && !this.#upgraded) this.wire.exchangeDone(this.#keepAlive)
  }

  #closeResponse(): void {
    const response = this.#response
    this.#response = undefined
    if (response?.close === undefined) return
    try {
      response.close()
    } catch (error) {
      this.#report(error)
    }
  }
}
