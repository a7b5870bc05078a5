import type { Application, ResponseBody, WsgiResponse } from '../application.ts'
import { checkedEnviron } from './checked-environ.ts'
import { checkEnviron } from './environ-rules.ts'
import { checkPiece, checkResponse, checkTrailers } from './response-rules.ts'
import { ContractViolation } from './rules.ts'

/** How breaches are told. */
export interface ValidatorOptions {
  /**
   * Gets breaches that nobody is there to catch, such as a response that was never closed; `console.error` if left
   * out. All others are thrown.
   */
  readonly report?: ((violation: ContractViolation) => void) | undefined
}

/** What is held of a response until its server closes it. */
interface Pending {
  readonly what: string
  readonly report: (violation: ContractViolation) => void
}

/** A response that is collected without having been closed was forgotten by its server. */
const forgotten = new FinalizationRegistry<Pending>(({ what, report }) => {
  report(new ContractViolation('server-close-once', `the response to ${what} was never closed`))
})

/**
 * Wraps an application and checks both sides of the contract: what the server gives, and what the application does
 * with it and returns. It is the counterpart of Python's `wsgiref.validate`, for tests and development.
 *
 * @throws ContractViolation (from the application, the body or `close`), naming the rule and what was found.
 */
export function validator(application: Application, options: ValidatorOptions = {}): Application {
  const report = options.report ?? ((violation) => console.error(violation))
  return (environ) => {
    checkEnviron(environ)
    const what = `${environ.method} ${environ.target}`
    const finish = (response: WsgiResponse): WsgiResponse => {
      const announced = checkResponse(response, environ.method)
      const isWhole = environ.method === 'HEAD' || response.status === 304
      const checked = new CheckedResponse(response, isWhole ? undefined : announced)
      forgotten.register(checked, { what, report }, checked)
      return checked
    }
    const answer = application(checkedEnviron(environ))
    return answer instanceof Promise ? answer.then(finish) : finish(answer)
  }
}

/** The same response, watching what the server does with it. */
class CheckedResponse implements WsgiResponse {
  readonly status: number
  readonly reason: string | undefined
  readonly headers: Iterable<readonly [name: string, value: string]>
  readonly body: ResponseBody
  readonly trailers?: () => Iterable<readonly [name: string, value: string]>
  readonly #inner: WsgiResponse
  readonly #announced: number | undefined
  #begun = false
  #ended = false
  #closed = false
  #trailersTaken = false

  constructor(inner: WsgiResponse, announced: number | undefined) {
    this.#inner = inner
    this.#announced = announced
    this.status = inner.status
    this.reason = inner.reason
    this.headers = inner.headers
    this.body = this.#checked(inner.body)
    if (inner.trailers !== undefined) this.trailers = () => this.#takeTrailers()
  }

  close(): void {
    if (this.#closed) throw new ContractViolation('server-close-once', 'close was called a second time')
    this.#closed = true
    forgotten.unregister(this)
    this.#inner.close?.()
  }

  #checked(body: ResponseBody): ResponseBody {
    if (body === null || typeof body === 'string' || body instanceof Uint8Array || 'file' in body) return body
    // A list stays one: servers may work its size out.
    if (Array.isArray(body)) {
      this.#checkSize(
        body.reduce<number>((size, piece) => size + checkPiece(piece), 0),
        true,
      )
      return body
    }
    if (Symbol.asyncIterator in body) {
      return { [Symbol.asyncIterator]: () => this.#asyncPieces(body) }
    }
    return { [Symbol.iterator]: () => this.#pieces(body) }
  }

  #begin(): void {
    if (this.#closed) throw new ContractViolation('server-body-once', 'the body was iterated after close')
    if (this.#begun) throw new ContractViolation('server-body-once', 'the body was iterated a second time')
    this.#begun = true
  }

  #checkSize(size: number, complete: boolean): void {
    const announced = this.#announced
    if (announced === undefined || (complete ? size === announced : size <= announced)) return
    throw new ContractViolation(
      'response-length',
      `Content-Length is ${announced}, but the body has ${size} bytes`,
    )
  }

  *#pieces(body: Iterable<string | Uint8Array>): Generator<string | Uint8Array> {
    this.#begin()
    let size = 0
    for (const piece of body) {
      size += checkPiece(piece)
      this.#checkSize(size, false)
      yield piece
    }
    this.#checkSize(size, true)
    this.#ended = true
  }

  async *#asyncPieces(body: AsyncIterable<string | Uint8Array>): AsyncGenerator<string | Uint8Array> {
    this.#begin()
    let size = 0
    for await (const piece of body) {
      size += checkPiece(piece)
      this.#checkSize(size, false)
      yield piece
    }
    this.#checkSize(size, true)
    this.#ended = true
  }

  #takeTrailers(): Iterable<readonly [name: string, value: string]> {
    const isStream = typeof this.body === 'object' && this.body !== null && !(this.body instanceof Uint8Array)
    if (this.#trailersTaken || (isStream && this.#begun && !this.#ended)) {
      throw new ContractViolation(
        'server-trailers-last',
        'trailers was called twice, or before the body had ended',
      )
    }
    this.#trailersTaken = true
    return checkTrailers(this.#inner.trailers!())
  }
}
