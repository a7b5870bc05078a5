import type { RequestHeaders } from '@flask-ts/wsgi'
import type { HeaderFields, HeaderPair } from './header-fields.ts'
import { Headers } from './headers.ts'
import { ImmutableError } from './immutable-error.ts'

/**
 * A request's header fields as the server received them, under the interface of `Headers`.
 *
 * It is a view: nothing is copied, and nothing can be changed. Repeated fields are looked up joined, as the server
 * joins them, and iterated one by one.
 */
export class EnvironHeaders extends Headers {
  readonly #headers: RequestHeaders

  constructor(headers: RequestHeaders) {
    super()
    this.#headers = headers
  }

  override get size(): number {
    let size = 0
    for (const _ of this.#headers) size++
    return size
  }

  protected override lookup(name: string): string | undefined {
    return this.#headers.get(name.toLowerCase())
  }

  override [Symbol.iterator](): IterableIterator<HeaderPair> {
    return Iterator.from(this.#headers)
  }

  override toWsgiList(): readonly HeaderPair[] {
    return [...this.#headers]
  }

  /** Whether both look at the fields of one request. */
  override equals(other: HeaderFields): boolean {
    return other instanceof EnvironHeaders && other.#headers === this.#headers
  }

  /** A list of its own, which can be changed. */
  override copy(): Headers {
    return Headers.adopt([...this.#headers])
  }

  override add(): never {
    throw new ImmutableError(this)
  }

  override addHeader(): never {
    throw new ImmutableError(this)
  }

  override set(): never {
    throw new ImmutableError(this)
  }

  override setAt(): never {
    throw new ImmutableError(this)
  }

  override setlist(): never {
    throw new ImmutableError(this)
  }

  override setdefault(): never {
    throw new ImmutableError(this)
  }

  override setlistdefault(): never {
    throw new ImmutableError(this)
  }

  override extend(): never {
    throw new ImmutableError(this)
  }

  override update(): never {
    throw new ImmutableError(this)
  }

  override remove(): never {
    throw new ImmutableError(this)
  }

  override delete(): never {
    throw new ImmutableError(this)
  }

  override deleteAt(): never {
    throw new ImmutableError(this)
  }

  override retain(): never {
    throw new ImmutableError(this)
  }

  override clear(): never {
    throw new ImmutableError(this)
  }

  override pop(): never {
    throw new ImmutableError(this)
  }

  override popitem(): never {
    throw new ImmutableError(this)
  }
}
