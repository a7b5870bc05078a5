import type { WsgiResponse } from '../application.ts'
import type { Address, Environ, RequestBody, RequestHeaders, TlsInfo, Upgrade } from '../environ.ts'
import { emptyBody, StreamedBody } from './body.ts'
import { BodyWriter } from './body-writer.ts'
import { ClientDisconnected, RequestRefused } from './errors.ts'
import { HeaderBlock } from './headers.ts'
import type { ProxyHeader } from './proxy-protocol.ts'
import type { RequestHead } from './request-head.ts'
import { type HeadPlan, responseHead } from './response-head.ts'
import { errorResponse, wholeSize } from './response-size.ts'
import { pacedSize, StreamedResponse } from './streamed-response.ts'
import type { Wire } from './wire.ts'

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
  #stream: StreamedResponse | undefined
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
      else this.#sendStream(response)
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

  #sendStream(response: WsgiResponse): void {
    const stream = new StreamedResponse(response, {
      out: this.wire.out,
      isHead: this.method === 'HEAD',
      isOver: () => this.finished,
      begin: (size) => this.#beginStream(response, size),
      takesTrailers: () => /(^|,)[ \t]*trailers[ \t]*(,|$)/i.test(this.headers.get('te') ?? ''),
      done: () => this.#finish(true),
    })
    this.#stream = stream
    stream.send().catch((error: unknown) => this.fail(error))
  }

  /** Sends the head. */
  #beginStream(response: WsgiResponse, size: number): BodyWriter {
    const head = this.#makeHead(response, size)
    const announced = plan.framing === 'none' ? -1 : plan.announced
    const writer = new BodyWriter(this.wire.out, plan.framing, announced)
    this.#writer = writer
    this.#headSent = true
    this.wire.out.text(head)
    return writer
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
    this.#stream?.stop((reason) => this.#report(reason))
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
    this.#stream?.stop((error) => this.#report(error))
    this.#finish(false)
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
