import type { PaginateOptions } from './page-arguments.ts'
import { Pagination } from './pagination.ts'

/** A query as its pages see it. */
export interface PageableQuery<T> {
  limit(count: number): PageableQuery<T>
  offset(count: number): PageableQuery<T>
  orderBy(column: null): PageableQuery<T>
  all(): Promise<T[]>
  count(): Promise<number>
}

/** What `Query.paginate` gives. */
export class QueryPagination<T> extends Pagination<T> {
  readonly #query: PageableQuery<T>

  constructor(query: PageableQuery<T>, options: PaginateOptions) {
    super(options)
    this.#query = query
  }

  protected override queryItems(limit: number, offset: number): Promise<T[]> {
    return this.#query.limit(limit).offset(offset).all()
  }

  protected override queryCount(): Promise<number> {
    return this.#query.orderBy(null).count()
  }

  protected override another(options: PaginateOptions): Pagination<T> {
    return new QueryPagination(this.#query, options)
  }
}
