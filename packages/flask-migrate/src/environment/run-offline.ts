import { CommandError } from '../errors.ts'
import { OfflineContext } from '../operations/context.ts'
import { Operations } from '../operations/operations.ts'
import type { Step } from '../script/plan.ts'
import { resolveRevisions } from '../script/resolve-revision.ts'
import type { RevisionMap } from '../script/revision-map.ts'
import type { MigrationEnvironment } from './environment.ts'
import { describeStep } from './report.ts'

/** Splits `from:to`; `from` is the base without. */
export function splitRange(text: string): { from: string; to: string } {
  const [from = '', to] = text.split(':')
  return to === undefined ? { from: 'base', to: from } : { from: from || 'base', to: to || 'head' }
}

/** Writes what a migration of the database would execute. */
export async function runOffline(
  environment: MigrationEnvironment,
  range: { from: string; to: string },
  plan: (map: RevisionMap, current: readonly string[], target: string) => Step[],
  write: (text: string) => void,
): Promise<readonly Step[]> {
  const { versions, options, metadata, engine } = environment
  const map = await environment.scripts.load()
  const current = resolveRevisions(map, range.from).map((migration) => migration.revision)
  const steps = plan(map, current, range.to)
  const { traits } = engine
  const context = new OfflineContext(traits, (line) => write(`${line}\n`))
  const operations = new Operations(context, options.namingConvention ?? metadata.namingConvention)
  if (traits.transactionalDdl) await context.run('BEGIN')
  if (current.length === 0 && steps[0]?.isUpgrade) await context.run(versions.createSql(traits))
  let heads: readonly string[] = current
  for (const step of steps) {
    context.remark(describeStep(step))
    try {
      await (step.isUpgrade ? step.migration.upgrade : step.migration.downgrade)(operations)
    } catch (error) {
      if (error instanceof CommandError)
        throw new CommandError(`Migration ${step.migration.revision}: ${error.message}`, { cause: error })
      throw error
    }
    for (const sql of versions.changeSql(heads, step.heads, traits)) await context.run(sql)
    heads = step.heads
  }
  if (heads.length === 0 && steps.length) await context.run(`DROP TABLE ${versions.name}`)
  if (traits.transactionalDdl) await context.run('COMMIT')
  return steps
}
