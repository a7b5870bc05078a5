import { RevisionError } from '../errors.ts'
import type { Migration } from './migration-file.ts'
import { resolveRevisions } from './resolve-revision.ts'
import type { RevisionMap } from './revision-map.ts'

/** One migration to be applied or undone. */
export interface Step {
  readonly migration: Migration
  readonly isUpgrade: boolean
  /** What the version table holds after it. */
  readonly heads: readonly string[]
}

function upgradeSteps(map: RevisionMap, applied: Set<string>, wanted: ReadonlySet<string>): Step[] {
  const steps: Step[] = []
  for (const migration of map.ordered) {
    if (!wanted.has(migration.revision) || applied.has(migration.revision)) continue
    applied.add(migration.revision)
    steps.push({ migration, isUpgrade: true, heads: map.headsOf(applied) })
  }
  return steps
}

function downgradeSteps(map: RevisionMap, applied: Set<string>, unwanted: ReadonlySet<string>): Step[] {
  const steps: Step[] = []
  for (const migration of map.ordered.toReversed()) {
    if (!unwanted.has(migration.revision) || !applied.delete(migration.revision)) continue
    steps.push({ migration, isUpgrade: false, heads: map.headsOf(applied) })
  }
  return steps
}

/** The one migration that can come next. */
function following(map: RevisionMap, applied: ReadonlySet<string>): Migration | undefined {
  const heads = new Set(map.headsOf(applied))
  const free = map.ordered.filter(
    (migration) => !applied.has(migration.revision) && map.parents(migration).every((id) => applied.has(id)),
  )
  const onward = heads.size
    ? free.filter((migration) => migration.downRevisions.some((id) => heads.has(id)))
    : free
  if (onward.length > 1)
    throw new RevisionError('Ambiguous walk: several revisions come next. Name one of them.')
  return onward[0]
}

function short(text: string, wanted: number): RevisionError {
  return new RevisionError(`Relative revision ${text} didn't produce ${wanted} migrations`)
}

function climb(map: RevisionMap, start: ReadonlySet<string>, count: number, text: string): Set<string> {
  const reached = new Set(start)
  for (let step = 0; step < count; step++) {
    const next = following(map, reached)
    if (!next) throw short(text, count)
    reached.add(next.revision)
  }
  return reached
}

function descend(map: RevisionMap, applied: ReadonlySet<string>, count: number, text: string): Set<string> {
  const left = new Set(applied)
  for (let step = 0; step < count; step++) {
    const heads = map.headsOf(left)
    if (heads.length > 1)
      throw new RevisionError('Ambiguous walk: several revisions are current. Name the one to go back to.')
    if (heads[0] === undefined) throw short(text, count)
    left.delete(heads[0])
  }
  return left
}

/** Splits `ab12+2` into its beginning and its distance. */
function relative(text: string): { base: string; distance: number } | null {
  const found = /^(?<base>.*?)(?<distance>[+-]\d+)$/.exec(text)?.groups
  return found?.distance === undefined ? null : { base: found.base ?? '', distance: Number(found.distance) }
}

function walk(map: RevisionMap, start: Set<string>, distance: number, text: string): Set<string> {
  return distance >= 0 ? climb(map, start, distance, text) : descend(map, start, -distance, text)
}

/** The steps to a revision, upwards from what the database has. */
export function planUpgrade(map: RevisionMap, current: readonly string[], target: string): Step[] {
  const applied = map.ancestors(current)
  const move = relative(target)
  if (!move) {
    const wanted = map.ancestors(resolveRevisions(map, target).map((migration) => migration.revision))
    return upgradeSteps(map, applied, wanted)
  }
  if (move.base === '') {
    if (move.distance < 0) throw new RevisionError(`'${target}' leads down: use "flask db downgrade".`)
    return upgradeSteps(map, applied, climb(map, applied, move.distance, target))
  }
  const start = map.ancestors(resolveRevisions(map, move.base).map((migration) => migration.revision))
  return upgradeSteps(map, applied, walk(map, start, move.distance, target))
}

/** The steps to a revision, downwards from what the database has. */
export function planDowngrade(map: RevisionMap, current: readonly string[], target: string): Step[] {
  const applied = map.ancestors(current)
  const move = relative(target)
  if (move) {
    if (move.base === '' && move.distance > 0)
      throw new RevisionError(`'${target}' leads up: use "flask db upgrade".`)
    const start =
      move.base === ''
        ? applied
        : map.ancestors(resolveRevisions(map, move.base).map((migration) => migration.revision))
    const left = walk(map, new Set(start), move.distance, target)
    return downgradeSteps(map, applied, new Set([...applied].filter((id) => !left.has(id))))
  }
  const branch = /^(.+)@base$/.exec(target)?.[1]
  if (branch !== undefined) return downgradeSteps(map, applied, map.descendants(map.branch(branch)))
  const kept = resolveRevisions(map, target).map((migration) => migration.revision)
  const missing = kept.find((id) => !applied.has(id))
  if (missing !== undefined)
    throw new RevisionError(
      `The database is not at '${missing}' or beyond: it is at ${current.join(', ') || 'base'}.`,
    )
  if (kept.length === 0) return downgradeSteps(map, applied, new Set(applied))
  const unwanted = map.descendants(kept)
  for (const id of kept) unwanted.delete(id)
  return downgradeSteps(map, applied, unwanted)
}
