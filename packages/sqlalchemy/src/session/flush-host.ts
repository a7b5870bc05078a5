import type { Connection } from '../engine/connection.ts'
import type { InstanceState } from '../orm/instance-state.ts'
import type { Mapper } from '../orm/mapper.ts'
import type { LoadingSession } from './load-relation.ts'

/** State of an object of any mapper. */
export type State = InstanceState<Mapper>

/** A session as its flush sees it. */
export interface FlushHost extends LoadingSession {
  readonly added: Set<State>
  readonly modified: Set<State>
  readonly deleted: Set<State>
  /** The connection of a mapper's database, its transaction begun. */
  connectionFor(mapper: Mapper): Promise<Connection>
  /** Keeps what a rollback must restore, before the object is written. */
  remember(state: State): void
  /** The object has a row now. */
  inserted(state: State): void
  /** The object's row is gone. */
  removed(state: State): void
  expunge(state: State): void
}
