import { Query as BaseQuery, MultipleResultsFound, NoResultFound } from '@flask-ts/sqlalchemy'
import { abort } from 'flask-ts'
import type { PaginateOptions } from './page-arguments.ts'
import { QueryPagination } from './query-pagination.ts'

/** Ends the request with a 404 of this description, or of the usual one. */
export function abortNotFound(description: string | null | undefined): never {
  return description === null || description === undefined ? abort(404) : abort(404, description)
}

/**
 * A query with methods for views, as `Model.query` and `db.session.query()` give it.
 *
 * @see https://flask-sqlalchemy.readthedocs.io/en/stable/api/#flask_sqlalchemy.query.Query
 */
export class Query<T> extends BaseQuery<T> {
  /** The object of a key; without one, the request ends with a 404. */
  async getOr404(key: unknown, description?: string | null): Promise<T> {
    return (await this.get(key)) ?? abortNotFound(description)
  }

  /** The first row; without one, the request ends with a 404. */
  async firstOr404(description?: string | null): Promise<T> {
    return (await this.first()) ?? abortNotFound(description)
  }

  /** The only row; without one or with several, the request ends with a 404. */
  async oneOr404(description?: string | null): Promise<T> {
    try {
      return await this.one()
    } catch (error) {
      if (error instanceof NoResultFound || error instanceof MultipleResultsFound)
        return abortNotFound(description)
      throw error
    }
  }

  /**
   * The rows of one page.
   *
   * @throws NotFound - for a page that is not there, unless `errorOut` is false.
   */
  async paginate(options: PaginateOptions = {}): Promise<QueryPagination<T>> {
    return await new QueryPagination<T>(this, options).load(options)
  }
}
