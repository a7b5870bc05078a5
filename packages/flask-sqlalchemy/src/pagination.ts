import { abort } from 'flask-ts'
import { type PaginateOptions, pageArguments } from './page-arguments.ts'

/** How many page numbers `iterPages` shows. */
export interface IterPagesOptions {
  /** From the first page on; 2 without. */
  leftEdge?: number
  /** Before the current page; 2 without. */
  leftCurrent?: number
  /** After the current page; 4 without. */
  rightCurrent?: number
  /** Up to the last page; 2 without. */
  rightEdge?: number
}

function* range(start: number, end: number): Generator<number> {
  for (let number = start; number < end; number++) yield number
}

/**
 * One page of the results of a query.
 *
 * @see https://flask-sqlalchemy.readthedocs.io/en/stable/pagination/
 */
export abstract class Pagination<T> {
  /** The current page, from 1. */
  readonly page: number
  /** Most items of a page. */
  readonly perPage: number
  /** What may be set for `perPage` at most. */
  readonly maxPerPage: number | null
  /** The items of the page. */
  items: T[] = []
  /** How many items all pages have together; `null` when they were not counted. */
  total: number | null = null

  constructor(options: PaginateOptions) {
    const { page, perPage } = pageArguments(options)
    this.page = page
    this.perPage = perPage
    this.maxPerPage = options.maxPerPage === undefined ? 100 : options.maxPerPage
  }

  protected abstract queryItems(limit: number, offset: number): Promise<T[]>
  protected abstract queryCount(): Promise<number>
  /** Another page of the same query, not yet loaded. */
  protected abstract another(options: PaginateOptions): Pagination<T>

  /** Queries the items, and counts them all. */
  async load(options: PaginateOptions): Promise<this> {
    this.items = await this.queryItems(this.perPage, (this.page - 1) * this.perPage)
    if (this.items.length === 0 && this.page !== 1 && (options.errorOut ?? true)) abort(404)
    if (options.count ?? true) this.total = await this.queryCount()
    return this
  }

  /** Number of the first item of the page, from 1; 0 without items. */
  get first(): number {
    return this.items.length === 0 ? 0 : (this.page - 1) * this.perPage + 1
  }

  /** Number of the last item of the page; 0 without items. */
  get last(): number {
    const { first } = this
    return Math.max(first, first + this.items.length - 1)
  }

  /** How many pages there are. */
  get pages(): number {
    return this.total === null ? 0 : Math.ceil(this.total / this.perPage)
  }

  get hasPrev(): boolean {
    return this.page > 1
  }

  /** Number of the page before, or `null`. */
  get prevNum(): number | null {
    return this.hasPrev ? this.page - 1 : null
  }

  get hasNext(): boolean {
    return this.page < this.pages
  }

  /** Number of the page after, or `null`. */
  get nextNum(): number | null {
    return this.hasNext ? this.page + 1 : null
  }

  /** Queries the page before. */
  async prev(options: { errorOut?: boolean } = {}): Promise<Pagination<T>> {
    return await this.#turnTo(this.page - 1, options.errorOut ?? false)
  }

  /** Queries the page after. */
  async next(options: { errorOut?: boolean } = {}): Promise<Pagination<T>> {
    return await this.#turnTo(this.page + 1, options.errorOut ?? false)
  }

  async #turnTo(page: number, errorOut: boolean): Promise<Pagination<T>> {
    const options = { page, perPage: this.perPage, maxPerPage: null, errorOut, count: false }
    const other = await this.another(options).load(options)
    other.total = this.total
    return other
  }

  /**
   * Page numbers for links; `null` stands for those that are left out.
   *
   * With 20 pages on page 7: 1, 2, null, 5, 6, 7, 8, 9, 10, 11, null, 19, 20.
   */
  *iterPages(options: IterPagesOptions = {}): Generator<number | null> {
    const { leftEdge = 2, leftCurrent = 2, rightCurrent = 4, rightEdge = 2 } = options
    const end = this.pages + 1
    if (end === 1) return
    const leftEnd = Math.min(1 + leftEdge, end)
    yield* range(1, leftEnd)
    if (leftEnd === end) return
    const middle = Math.max(leftEnd, this.page - leftCurrent)
    const middleEnd = Math.min(this.page + rightCurrent + 1, end)
    if (middle > leftEnd) yield null
    yield* range(middle, middleEnd)
    if (middleEnd === end) return
    const right = Math.max(middleEnd, end - rightEdge)
    if (right > middleEnd) yield null
    yield* range(right, end)
  }

  [Symbol.iterator](): Iterator<T> {
    return this.items[Symbol.iterator]()
  }
}
