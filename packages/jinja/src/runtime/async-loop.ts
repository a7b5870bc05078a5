import { equal } from '../python/compare.ts'
import { iterate, tryLength } from '../python/iterate.ts'
import { MISSING, PY_REPR, PY_TYPE } from '../python/protocol.ts'
import { tupleFrom } from '../python/tuple.ts'
import { CALL } from './call.ts'
import { TEMPLATE_ATTRIBUTE } from './lookup.ts'
import { type LoopHost, loopAttribute, type Recurse } from './loop.ts'

type Later<T> = T | Promise<T>

type AnyIterator = Iterator<unknown> | AsyncIterator<unknown>

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

/** The items of a value that may be an asynchronous iterable. */
export function iterateAsync(value: unknown): Iterable<unknown> | AsyncIterable<unknown> {
  return isAsyncIterable(value) ? value : iterate(value)
}

function iteratorOf(value: unknown): AnyIterator {
  return isAsyncIterable(value) ? value[Symbol.asyncIterator]() : iterate(value)[Symbol.iterator]()
}

function isLater<T>(value: Later<T>): value is Promise<T> {
  return typeof (value as { then?: unknown } | null)?.then === 'function'
}

/** The `loop` variable of asynchronous templates: answers at once where it can, else with a promise. */
class AsyncLoopContext {
  index0 = -1
  current: unknown = undefined
  readonly depth0: number
  readonly #env: LoopHost
  readonly #iterable: unknown
  readonly #recurse: Recurse | null
  #iterator: AnyIterator | null
  #ahead: unknown = MISSING
  #before: unknown = undefined
  #length = -1
  #lastChanged: unknown = MISSING

  constructor(env: LoopHost, iterable: unknown, recurse: Recurse | null = null, depth0 = 0) {
    this.#env = env
    this.#iterable = iterable
    this.#recurse = recurse
    this.depth0 = depth0
    this.#iterator = iteratorOf(iterable)
  }

  /** Goes to the next item, if there is one. */
  next(): Later<boolean> {
    const item = this.#peek()
    return isLater(item) ? item.then((ready) => this.#step(ready)) : this.#step(item)
  }

  #step(item: unknown): boolean {
    if (item === MISSING) return false
    this.#ahead = MISSING
    this.index0++
    this.#before = this.current
    this.current = item
    return true
  }

  #peek(): Later<unknown> {
    if (this.#ahead !== MISSING || this.#iterator === null) return this.#ahead
    const step = this.#iterator.next()
    return isLater(step) ? step.then((ready) => this.#keep(ready)) : this.#keep(step)
  }

  #keep(step: IteratorResult<unknown>): unknown {
    if (step.done === true) this.#iterator = null
    else this.#ahead = step.value
    return this.#ahead
  }

  /** How many items there are; reads an iterator to its end. */
  get length(): Later<number> {
    if (this.#length < 0) this.#length = tryLength(this.#iterable)
    return this.#length < 0 ? this.#drain() : this.#length
  }

  async #drain(): Promise<number> {
    const rest: unknown[] = []
    while (this.#iterator !== null) {
      const step = await this.#iterator.next()
      if (step.done === true) break
      rest.push(step.value)
    }
    this.#iterator = rest[Symbol.iterator]()
    this.#length = rest.length + this.index + (this.#ahead === MISSING ? 0 : 1)
    return this.#length
  }

  get index(): number {
    return this.index0 + 1
  }

  get revindex(): Later<number> {
    const { length } = this
    return isLater(length) ? length.then((ready) => ready - this.index0) : length - this.index0
  }

  get revindex0(): Later<number> {
    const { length } = this
    return isLater(length) ? length.then((ready) => ready - this.index) : length - this.index
  }

  get first(): boolean {
    return this.index0 === 0
  }

  get last(): Later<boolean> {
    const item = this.#peek()
    return isLater(item) ? item.then((ready) => ready === MISSING) : item === MISSING
  }

  get depth(): number {
    return this.depth0 + 1
  }

  get previtem(): unknown {
    return this.first ? new this.#env.undefined('there is no previous item') : this.#before
  }

  get nextitem(): unknown {
    const orUndefined = (item: unknown): unknown =>
      item === MISSING ? new this.#env.undefined('there is no next item') : item
    const item = this.#peek()
    return isLater(item) ? item.then(orUndefined) : orUndefined(item)
  }

  /** One of the values, by the position. */
  cycle(...values: unknown[]): unknown {
    if (values.length === 0) throw new TypeError('no items for cycling given')
    return values[this.index0 % values.length]
  }

  /** Whether the values differ from those of the previous call. */
  changed(...values: unknown[]): boolean {
    const now = tupleFrom(values)
    if (this.#lastChanged !== MISSING && equal(this.#lastChanged, now)) return false
    this.#lastChanged = now
    return true
  }

  [CALL](args: readonly unknown[]): unknown {
    if (this.#recurse === null) {
      throw new TypeError("The loop must have the 'recursive' marker to be called recursively.")
    }
    return this.#recurse(args[0], this.depth)
  }

  [TEMPLATE_ATTRIBUTE](name: string): unknown {
    return loopAttribute(this, name)
  }

  [PY_REPR](): string {
    const { length } = this
    return `<LoopContext ${this.index}/${isLater(length) ? '?' : length}>`
  }

  get [PY_TYPE](): string {
    return 'jinja2.runtime.LoopContext'
  }
}

/** Starts a loop of an asynchronous template. */
export function asyncLoop(
  env: LoopHost,
  iterable: unknown,
  recurse?: Recurse,
  depth0?: number,
): AsyncLoopContext {
  return new AsyncLoopContext(env, iterable, recurse, depth0)
}
