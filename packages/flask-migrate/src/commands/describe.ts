import { relative } from 'node:path'
import type { Migration } from '../script/migration-file.ts'
import type { RevisionMap } from '../script/revision-map.ts'

/** What is shown of a migration. */
export interface DescribeOptions {
  verbose?: boolean
  /** Versions that the database is at, to be marked. */
  current?: readonly string[]
  /** Shows what it comes after. */
  withParents?: boolean
}

function marks(migration: Migration, map: RevisionMap, current: readonly string[]): string {
  const words = [
    map.heads.includes(migration) ? 'head' : '',
    map.branchPoints.includes(migration) ? 'branchpoint' : '',
    migration.downRevisions.length > 1 ? 'mergepoint' : '',
    current.includes(migration.revision) ? 'current' : '',
  ]
  const labels = migration.branchLabels.length ? ` (${migration.branchLabels.join(', ')})` : ''
  const depends = migration.dependsOn.length ? ` (${migration.dependsOn.join(', ')})` : ''
  return `${depends}${labels}${words
    .filter(Boolean)
    .map((word) => ` (${word})`)
    .join('')}`
}

/** A migration in one line: `ab12 -> cd34 (head), add users`. */
function describeShortly(migration: Migration, map: RevisionMap, options: DescribeOptions): string {
  const { revision, downRevisions, message } = migration
  const parents = options.withParents ? `${downRevisions.join(', ') || '<base>'} -> ` : ''
  const text = options.withParents ? `, ${message || 'empty message'}` : ''
  return `${parents}${revision}${marks(migration, map, options.current ?? [])}${text}`
}

/** A migration with its file and comment. */
export function describeFully(migration: Migration, map: RevisionMap, options: DescribeOptions = {}): string {
  const lines = [
    `Rev: ${migration.revision}${marks(migration, map, options.current ?? [])}`,
    `Parent: ${migration.downRevisions.join(', ') || '<base>'}`,
  ]
  const next = map.next(migration)
  if (next.length > 1) lines.push(`Branches into: ${next.map((other) => other.revision).join(', ')}`)
  lines.push(`Path: ${relative(process.cwd(), migration.path)}`, '')
  return [...lines, ...migration.comment.split('\n').map((line) => `    ${line}`.trimEnd()), ''].join('\n')
}

/** A migration as a list shows it. */
export function describe(migration: Migration, map: RevisionMap, options: DescribeOptions): string {
  return options.verbose ? describeFully(migration, map, options) : describeShortly(migration, map, options)
}
