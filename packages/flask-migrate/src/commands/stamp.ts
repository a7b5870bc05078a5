import type { MigrationEnvironment } from '../environment/environment.ts'
import { report } from '../environment/report.ts'
import { splitRange } from '../environment/run-offline.ts'
import { resolveRevisions } from '../script/resolve-revision.ts'
import type { RevisionMap } from '../script/revision-map.ts'

/** What the version table holds after a stamp: the wanted versions, and those of branches that they do not touch. */
function stamped(map: RevisionMap, current: readonly string[], wanted: readonly string[]): string[] {
  if (wanted.length === 0) return []
  const lineage = new Set([...map.ancestors(wanted), ...map.descendants(wanted)])
  return [...current.filter((version) => !lineage.has(version)), ...wanted]
}

/** Sets the version of the database without migrating it. */
export async function stampDatabase(
  environment: MigrationEnvironment,
  revisions: readonly string[],
  purge: boolean,
): Promise<void> {
  const map = await environment.scripts.load()
  const wanted = revisions.flatMap((text) => resolveRevisions(map, text).map((found) => found.revision))
  const { versions, engine } = environment
  await engine.begin(async (connection) => {
    await versions.ensure(connection)
    const current = await versions.read(connection)
    // Versions that nobody knows any more are what --purge is for.
    const after = purge ? wanted : stamped(map, current, wanted)
    for (const sql of versions.changeSql(current, after, connection.traits)) {
      await connection.executeDriver(sql, [])
    }
    report(`Stamped ${current.join(', ') || 'base'} -> ${after.join(', ') || 'base'}`)
  })
}

/** Writes what a stamp would execute. */
export async function stampScript(
  environment: MigrationEnvironment,
  revision: string,
  write: (text: string) => void,
): Promise<void> {
  const map = await environment.scripts.load()
  const { versions, engine } = environment
  const range = splitRange(revision)
  const ids = (text: string) => resolveRevisions(map, text).map((found) => found.revision)
  const before = ids(range.from)
  const { traits } = engine
  if (before.length === 0) write(`${versions.createSql(traits)};\n\n`)
  for (const sql of versions.changeSql(before, ids(range.to), traits)) write(`${sql};\n\n`)
}
