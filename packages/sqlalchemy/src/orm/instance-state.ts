import { DetachedInstanceError, MissingGreenlet } from '../errors/base-errors.ts'
import { STATE } from './symbols.ts'

/** A mapper as the state of its instances sees it. */
export interface StateMapper {
  readonly className: string
  readonly slotCount: number
}

/** A session as the state of an instance sees it. */
export interface StateSession {
  /** Rises at every end of a transaction: what was loaded before is stale. */
  readonly epoch: number
  markModified(state: InstanceState): void
  /** Takes an object in that was reached from one of the session's own. */
  cascade(state: InstanceState): void
  /** Loads what is not loaded, for `awaitableAttrs`. */
  loadAttribute(state: InstanceState, key: string): Promise<unknown>
}

/** Additions and removals of a collection that is not loaded. */
export interface PendingChanges {
  readonly added: Set<InstanceState>
  readonly removed: Set<InstanceState>
}

/** Identity of a row within its mapper: the key's value, or the values of a composite key as text. */
export type IdentityKey = string | number | bigint

/** All that the ORM knows of one object: values of attributes by slot, and where the object stands. */
export class InstanceState<M extends StateMapper = StateMapper> {
  mapper: M
  object: object
  /** Values by slot; undefined where nothing is loaded or set. */
  values: unknown[]
  session: StateSession | null = null
  /** Set when the object has a row. */
  key: IdentityKey | null = null
  /** Values before the first change since the last flush, by slot. */
  committed: Map<number, unknown> | null = null
  /** Content of collections as the database has it, by slot. */
  collections: Map<number, readonly InstanceState[]> | null = null
  pending: Map<number, PendingChanges> | null = null
  /** The session's epoch at the last load. */
  epoch = 0
  /** Waits for its DELETE, or is deleted. */
  deleted = false
  /** The object's parent by each relationship that deletes orphans; false when it was taken from it. */
  parents: Map<object, InstanceState | false> | null = null
  /** Place in the order in which objects were added. */
  order = 0
  /** Slots that loader options made raise on access. */
  raising: Set<number> | null = null
  /** Epochs at which relationships were loaded, by slot. */
  relationEpochs: Map<number, number> | null = null

  constructor(mapper: M, object: object, values: unknown[]) {
    this.mapper = mapper
    this.object = object
    this.values = values
  }

  get isPersistent(): boolean {
    return this.key !== null && this.session !== null
  }

  /** Changes the value of a slot and remembers the one before. */
  set(slot: number, value: unknown): void {
    const old = this.values[slot]
    if (old === value) return
    this.touch(slot, old)
    this.values[slot] = value
  }

  /** Remembers a value before its first change. */
  touch(slot: number, old: unknown): void {
    if (this.key === null) return
    this.committed ??= new Map()
    if (!this.committed.has(slot)) this.committed.set(slot, old)
    this.session?.markModified(this)
  }

  /** What reading an attribute without a value gives: null on new objects, an error on those with a row. */
  missing(name: string): null {
    if (this.key === null) return null
    if (this.session === null) {
      throw new DetachedInstanceError(
        `Instance <${this.mapper.className}> is not bound to a Session; attribute refresh operation of '${name}' cannot proceed`,
      )
    }
    throw new MissingGreenlet(
      `'${this.mapper.className}.${name}' is not loaded, and loading needs the database: use "await object.awaitableAttrs.${name}", or load it with the object by an option of the query`,
    )
  }

  /** The object got a parent by a relationship that deletes orphans. */
  setParent(relation: object, parent: InstanceState): void {
    this.parents ??= new Map()
    this.parents.set(relation, parent)
  }

  /** The object was taken from a parent; it stays with another that it got in the meantime. */
  dropParent(relation: object, parent: InstanceState): void {
    const known = this.parents?.get(relation)
    if (known && known !== parent) return
    this.parents ??= new Map()
    this.parents.set(relation, false)
  }

  /** Was taken from a parent that it cannot do without. */
  get orphaned(): boolean {
    if (this.parents === null) return false
    for (const parent of this.parents.values()) if (parent === false) return true
    return false
  }

  /** Changes of a collection that is not loaded. */
  pendingFor(slot: number): PendingChanges {
    this.pending ??= new Map()
    let changes = this.pending.get(slot)
    if (!changes) {
      changes = { added: new Set(), removed: new Set() }
      this.pending.set(slot, changes)
    }
    return changes
  }

  /** True when a relationship was loaded since the last end of a transaction. */
  isFresh(slot: number): boolean {
    if (this.values[slot] === undefined) return false
    return !this.session || (this.relationEpochs?.get(slot) ?? 0) >= this.session.epoch
  }

  /** Remembers that a relationship is loaded now. */
  markFresh(slot: number): void {
    this.relationEpochs ??= new Map()
    this.relationEpochs.set(slot, this.session?.epoch ?? 0)
  }

  /** The object's state is what the database has. */
  settle(epoch: number): void {
    this.committed = null
    this.pending = null
    this.epoch = epoch
  }
}

/** An object that has a state. */
export interface Stateful<M extends StateMapper = StateMapper> {
  [STATE]: InstanceState<M>
}

/** The state of an object, or undefined when no mapper knows it. */
export function stateOf(object: unknown): InstanceState | undefined {
  if (typeof object !== 'object' || object === null) return undefined
  return (object as Partial<Stateful>)[STATE]
}
