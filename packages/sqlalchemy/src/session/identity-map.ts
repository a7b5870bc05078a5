import type { IdentityKey, InstanceState } from '../orm/instance-state.ts'
import type { Mapper } from '../orm/mapper.ts'

/** The objects of a session by class and key: one object for each row. */
export class IdentityMap {
  readonly #maps = new Map<Mapper, Map<IdentityKey, InstanceState<Mapper>>>()

  /** Objects of a hierarchy by key. */
  of(mapper: Mapper): Map<IdentityKey, InstanceState<Mapper>> {
    const root = mapper.parent ? mapper.root : mapper
    let map = this.#maps.get(root)
    if (!map) {
      map = new Map()
      this.#maps.set(root, map)
    }
    return map
  }

  add(state: InstanceState<Mapper>): void {
    if (state.key !== null) this.of(state.mapper).set(state.key, state)
  }

  remove(state: InstanceState<Mapper>): void {
    if (state.key === null) return
    const map = this.of(state.mapper)
    if (map.get(state.key) === state) map.delete(state.key)
  }

  clear(): void {
    this.#maps.clear()
  }

  *[Symbol.iterator](): Generator<InstanceState<Mapper>> {
    for (const map of this.#maps.values()) yield* map.values()
  }
}
