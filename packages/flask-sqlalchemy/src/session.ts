import {
  Session as BaseSession,
  ENTITY,
  type Executable,
  type ExecuteOptions,
  type Parameters,
  type Result,
  type Row,
  type Select,
  type SelectItem,
  type SelectRow,
  select,
} from '@flask-ts/sqlalchemy'
import { bindKeyOf } from './bind-key.ts'
import { Query } from './query.ts'

/** What happened to an object of a transaction. */
export type ModelOperation = 'insert' | 'update' | 'delete'

/** What the rows of a query of these items are. */
export type QueriedRow<T extends readonly SelectItem[]> = T extends readonly [infer One]
  ? SelectRow<[One]>[0]
  : Row<SelectRow<T>>

type ExecutedRow<S> = S extends { readonly '~row'?: infer R }
  ? R extends readonly unknown[]
    ? R
    : unknown[]
  : unknown[]

/**
 * The session behind `db.session`: it takes the engine by the bind key of what is queried.
 *
 * @see https://flask-sqlalchemy.readthedocs.io/en/stable/api/#flask_sqlalchemy.session.Session
 */
export class Session extends BaseSession {
  /** Objects that the transaction changed so far, for the signals of changes. */
  readonly modelChanges = new Map<object, ModelOperation>()

  override execute<S extends Executable>(
    statement: S,
    parameters?: Parameters | null,
    options: ExecuteOptions = {},
  ): Promise<Result<ExecutedRow<S>>> {
    const bindKey = options.bindKey ?? bindKeyOf(statement)
    return super.execute(statement, parameters, bindKey === undefined ? options : { ...options, bindKey })
  }

  override query<const T extends readonly SelectItem[]>(...items: T): Query<QueriedRow<T>> {
    const [item] = items
    const isEntity = items.length === 1 && ENTITY in (item as object)
    return new Query(this, select(...items) as Select<readonly unknown[]>, isEntity)
  }
}
