import { func, type Select, type Session, select } from '@flask-ts/sqlalchemy'
import type { PaginateOptions } from './page-arguments.ts'
import { Pagination } from './pagination.ts'

/** What `db.paginate` gives. */
export class SelectPagination<T> extends Pagination<T> {
  readonly #statement: Select<readonly unknown[]>
  readonly #session: Session

  constructor(statement: Select<readonly unknown[]>, session: Session, options: PaginateOptions) {
    super(options)
    this.#statement = statement
    this.#session = session
  }

  protected override async queryItems(limit: number, offset: number): Promise<T[]> {
    const result = await this.#session.execute(this.#statement.limit(limit).offset(offset))
    return result.unique().scalars().all() as T[]
  }

  protected override async queryCount(): Promise<number> {
    const inner = this.#statement.with({ options: [] }).orderBy(null).subquery()
    const counted = select(func.count()).selectFrom(inner)
    return Number(await this.#session.scalar(counted))
  }

  protected override another(options: PaginateOptions): Pagination<T> {
    return new SelectPagination(this.#statement, this.#session, options)
  }
}
