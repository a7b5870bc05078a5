import { RevisionError } from '../errors.ts'
import type { Migration } from './migration-file.ts'

/** All migrations and how they follow each other. */
export class RevisionMap {
  readonly #migrations = new Map<string, Migration>()

  constructor(migrations: readonly Migration[]) {
    for (const migration of migrations) {
      const other = this.#migrations.get(migration.revision)
      if (other) {
        throw new RevisionError(
          `Revision ${migration.revision} is present more than once: in '${other.path}' and '${migration.path}'.`,
        )
      }
      this.#migrations.set(migration.revision, migration)
    }
    for (const migration of migrations) {
      for (const id of this.parents(migration)) {
        if (!this.#migrations.has(id))
          throw new RevisionError(`Revision ${migration.revision} comes after '${id}', which is not there.`)
      }
    }
    this.#order = this.#sort()
  }

  readonly #order: readonly Migration[]

  /** All migrations, each after those that it needs. */
  get ordered(): readonly Migration[] {
    return this.#order
  }

  /** What a migration comes after, and what it depends on. */
  parents(migration: Migration): readonly string[] {
    const needed = migration.dependsOn.map((id) => this.#labelled(id) ?? id)
    return [...migration.downRevisions, ...needed]
  }

  #labelled(label: string): string | undefined {
    return [...this.#migrations.values()].find((migration) => migration.branchLabels.includes(label))
      ?.revision
  }

  #sort(): Migration[] {
    const sorted: Migration[] = []
    const done = new Set<string>()
    let waiting = [...this.#migrations.values()]
    while (waiting.length) {
      const ready = waiting.filter((migration) => this.parents(migration).every((id) => done.has(id)))
      if (ready.length === 0) {
        const ids = waiting.map((migration) => migration.revision).join(', ')
        throw new RevisionError(`Cycle is detected in revisions (${ids}).`)
      }
      for (const migration of ready) {
        sorted.push(migration)
        done.add(migration.revision)
      }
      waiting = waiting.filter((migration) => !done.has(migration.revision))
    }
    return sorted
  }

  /** The migration of a complete identifier. */
  get(id: string): Migration {
    const found = this.#migrations.get(id)
    if (found) return found
    throw new RevisionError(
      `Can't locate revision identified by '${id}'. If another tool made it, add its file to the versions folder, or begin there: "flask db revision --rev-id ${id} -m baseline".`,
    )
  }

  /** The migration of an identifier or the beginning of one, or of a branch's label. */
  find(text: string): Migration {
    const exact = this.#migrations.get(text)
    if (exact) return exact
    const label = this.#labelled(text)
    if (label !== undefined) return this.get(label)
    const found = [...this.#migrations.keys()].filter((id) => text.length > 0 && id.startsWith(text))
    if (found.length === 1) return this.get(found[0] as string)
    if (found.length > 1)
      throw new RevisionError(`Multiple revisions start with '${text}': ${found.sort().join(', ')}.`)
    return this.get(text)
  }

  /** Migrations that no other comes after. */
  get heads(): readonly Migration[] {
    const below = new Set(this.#order.flatMap((migration) => migration.downRevisions))
    return this.#order.filter((migration) => !below.has(migration.revision))
  }

  /** Migrations with more than one that comes after. */
  get branchPoints(): readonly Migration[] {
    return this.#order.filter((migration) => this.next(migration).length > 1)
  }

  /** What comes directly after a migration. */
  next(migration: Migration): readonly Migration[] {
    return this.#order.filter((other) => other.downRevisions.includes(migration.revision))
  }

  /** Migrations with all that they need. */
  ancestors(ids: Iterable<string>): Set<string> {
    const found = new Set<string>()
    const waiting = [...ids]
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (found.has(id)) continue
      found.add(id)
      waiting.push(...this.parents(this.get(id)))
    }
    return found
  }

  /** Migrations with all that need them. */
  descendants(ids: Iterable<string>): Set<string> {
    const found = new Set(ids)
    for (const migration of this.#order) {
      if (this.parents(migration).some((id) => found.has(id))) found.add(migration.revision)
    }
    return found
  }

  /** Migrations of a branch: those that have its label by themselves or by what they come after. */
  branch(label: string): Set<string> {
    const root = this.#labelled(label) ?? this.find(label).revision
    const above = new Set([root])
    for (const migration of this.#order) {
      if (migration.downRevisions.some((id) => above.has(id))) above.add(migration.revision)
    }
    return above
  }

  /** Of migrations that were applied, those that stand for all of them: what the version table holds. */
  headsOf(applied: ReadonlySet<string>): string[] {
    const below = new Set<string>()
    for (const id of applied) for (const parent of this.parents(this.get(id))) below.add(parent)
    return this.#order
      .map((migration) => migration.revision)
      .filter((id) => applied.has(id) && !below.has(id))
  }
}
