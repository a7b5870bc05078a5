import { equal } from '../python/compare.ts'
import { iterate, tryLength } from '../python/iterate.ts'
import { MISSING, PY_LEN, PY_REPR, PY_TYPE } from '../python/protocol.ts'
import { tupleFrom } from '../python/tuple.ts'
import type { UndefinedClass } from '../undefined/undefined.ts'
import { CALL } from './call.ts'
import { TEMPLATE_ATTRIBUTE } from './lookup.ts'

/** Renders the body of a recursive loop for other items. */
export type Recurse = (items: unknown, depth: number) => unknown

/** What a loop needs of its environment. */
export interface LoopHost {
  readonly undefined: UndefinedClass
}

/** The items of a value that a loop's condition lets through, found one by one as they are asked for. */
export class Filtered implements IterableIterator<unknown> {
  readonly #items: Iterator<unknown>
  readonly #accept: (item: unknown) => unknown

  /** @param accept Gives the item as the loop sees it, or {@link MISSING} to leave it out. */
  constructor(items: unknown, accept: (item: unknown) => unknown) {
    this.#items = iterate(items)[Symbol.iterator]()
    this.#accept = accept
  }

  next(): IteratorResult<unknown> {
    for (let step = this.#items.next(); step.done !== true; step = this.#items.next()) {
      const value = this.#accept(step.value)
      if (value !== MISSING) return { done: false, value }
    }
    return { done: true, value: undefined }
  }

  [Symbol.iterator](): this {
    return this
  }
}

/** The `loop` variable: goes over the items and knows where it is. */
class LoopContext {
  /** The position from 0; -1 before the first item. */
  index0 = -1
  /** The item of this round. */
  current: unknown = undefined
  readonly depth0: number
  readonly #env: LoopHost
  readonly #iterable: unknown
  readonly #recurse: Recurse | null
  // Arrays are read in place; everything else goes through an iterator, which may be one item ahead.
  readonly #items: readonly unknown[] | null
  #iterator: Iterator<unknown> | null
  #ahead: unknown = MISSING
  #before: unknown = undefined
  #length = -1
  #lastChanged: unknown = MISSING

  constructor(env: LoopHost, iterable: unknown, recurse: Recurse | null = null, depth0 = 0) {
    this.#env = env
    this.#iterable = iterable
    this.#recurse = recurse
    this.depth0 = depth0
    this.#items = Array.isArray(iterable) ? iterable : null
    this.#iterator = this.#items === null ? iterate(iterable)[Symbol.iterator]() : null
  }

  /** Goes to the next item, if there is one. */
  next(): boolean {
    const items = this.#items
    let item: unknown
    if (items !== null) {
      if (this.index0 + 1 >= items.length) return false
      item = items[this.index0 + 1]
    } else {
      item = this.#peek()
      if (item === MISSING) return false
      this.#ahead = MISSING
    }
    this.index0++
    this.#before = this.current
    this.current = item
    return true
  }

  #peek(): unknown {
    if (this.#items !== null) {
      return this.index0 + 1 < this.#items.length ? this.#items[this.index0 + 1] : MISSING
    }
    if (this.#ahead === MISSING && this.#iterator !== null) {
      const step = this.#iterator.next()
      if (step.done === true) this.#iterator = null
      else this.#ahead = step.value
    }
    return this.#ahead
  }

  /** How many items there are; reads a generator to its end. */
  get length(): number {
    if (this.#items !== null) return this.#items.length
    if (this.#length < 0) this.#length = tryLength(this.#iterable)
    if (this.#length < 0) {
      const rest: unknown[] = []
      if (this.#iterator !== null) {
        for (let step = this.#iterator.next(); step.done !== true; step = this.#iterator.next()) {
          rest.push(step.value)
        }
      }
      this.#iterator = rest[Symbol.iterator]()
      this.#length = rest.length + this.index + (this.#ahead === MISSING ? 0 : 1)
    }
    return this.#length
  }

  get index(): number {
    return this.index0 + 1
  }

  get revindex(): number {
    return this.length - this.index0
  }

  get revindex0(): number {
    return this.length - this.index
  }

  get first(): boolean {
    return this.index0 === 0
  }

  get last(): boolean {
    return this.#peek() === MISSING
  }

  get depth(): number {
    return this.depth0 + 1
  }

  get previtem(): unknown {
    return this.first ? new this.#env.undefined('there is no previous item') : this.#before
  }

  get nextitem(): unknown {
    const item = this.#peek()
    return item === MISSING ? new this.#env.undefined('there is no next item') : item
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

  [PY_LEN](): number {
    return this.length
  }

  [PY_REPR](): string {
    return `<LoopContext ${this.index}/${this.length}>`
  }

  get [PY_TYPE](): string {
    return 'jinja2.runtime.LoopContext'
  }
}

const values = new Set([
  'index',
  'index0',
  'revindex',
  'revindex0',
  'first',
  'last',
  'length',
  'depth',
  'depth0',
  'previtem',
  'nextitem',
])

/** An attribute of a loop as templates see it. */
export function loopAttribute(loop: object, name: string): unknown {
  const properties = loop as Record<string, unknown>
  if (values.has(name)) return properties[name]
  if (name !== 'cycle' && name !== 'changed') return MISSING
  return (...args: unknown[]) => (properties[name] as (...args: unknown[]) => unknown).apply(loop, args)
}

/** Starts a loop. */
export function loop(env: LoopHost, iterable: unknown, recurse?: Recurse, depth0?: number): LoopContext {
  return new LoopContext(env, iterable, recurse, depth0)
}
