import type { MigrationEnvironment } from '../environment/environment.ts'
import { resolveRevisions } from '../script/resolve-revision.ts'
import type { RevisionMap } from '../script/revision-map.ts'
import { describe } from './describe.ts'

async function currentOf(environment: MigrationEnvironment): Promise<string[]> {
  await using connection = await environment.engine.connect()
  return await environment.versions.read(connection)
}

/** The versions that the database is at. */
export async function listCurrent(environment: MigrationEnvironment, verbose: boolean): Promise<string[]> {
  const map = await environment.scripts.load()
  const current = await currentOf(environment)
  return current.map((id) => describe(map.get(id), map, { verbose }))
}

/** The newest versions that there are. */
export async function listHeads(environment: MigrationEnvironment, verbose: boolean): Promise<string[]> {
  const map = await environment.scripts.load()
  return map.heads.map((head) => describe(head, map, { verbose }))
}

/** The versions that several come after, each with those. */
export async function listBranches(environment: MigrationEnvironment, verbose: boolean): Promise<string[]> {
  const map = await environment.scripts.load()
  return map.branchPoints.map((point) => {
    const next = map.next(point).map((other) => `    -> ${describe(other, map, {})}`)
    return [describe(point, map, { verbose, withParents: true }), ...next].join('\n')
  })
}

function inRange(map: RevisionMap, range: string, current: readonly string[]): Set<string> {
  const [from = '', to = ''] = range.split(':')
  const ids = (text: string) =>
    text === 'current' ? current : resolveRevisions(map, text).map((found) => found.revision)
  const upTo = map.ancestors(ids(to || 'heads'))
  if (from === '' || from === 'base') return upTo
  const start = ids(from)
  const below = map.ancestors(start)
  for (const id of start) below.delete(id)
  return new Set([...upTo].filter((id) => !below.has(id)))
}

/** All versions, the newest first. */
export async function listHistory(
  environment: MigrationEnvironment,
  options: { revRange?: string; verbose?: boolean; indicateCurrent?: boolean },
): Promise<string[]> {
  const map = await environment.scripts.load()
  const needsCurrent = options.indicateCurrent || options.revRange?.includes('current')
  const current = needsCurrent ? await currentOf(environment) : []
  const wanted = options.revRange === undefined ? null : inRange(map, options.revRange, current)
  return map.ordered
    .filter((migration) => wanted === null || wanted.has(migration.revision))
    .toReversed()
    .map((migration) =>
      describe(migration, map, {
        verbose: options.verbose,
        current: options.indicateCurrent ? current : [],
        withParents: true,
      }),
    )
}
