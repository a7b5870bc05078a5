import { basename } from 'node:path'
import type { Connection } from '@flask-ts/sqlalchemy'
import { CommandError, MigrationError } from '../errors.ts'
import { OnlineContext } from '../operations/context.ts'
import { Operations } from '../operations/operations.ts'
import type { Step } from '../script/plan.ts'
import type { RevisionMap } from '../script/revision-map.ts'
import type { MigrationEnvironment } from './environment.ts'
import { describeStep, report } from './report.ts'

/** Works out the steps from the versions that a database is at. */
export type Planner = (map: RevisionMap, current: readonly string[]) => Step[]

/**
 * Runs an action with SQLite's foreign keys not enforced: a table that is rebuilt is dropped in between, and that
 * would delete what refers to it. Within a transaction the setting cannot be changed.
 */
async function withoutForeignKeys<T>(connection: Connection, action: () => Promise<T>): Promise<T> {
  if (connection.traits.name !== 'sqlite') return await action()
  const { rows } = await connection.executeDriver('PRAGMA foreign_keys', [], false)
  if (Number(rows[0]?.[0]) === 0) return await action()
  await connection.executeDriver('PRAGMA foreign_keys=OFF', [], false)
  try {
    return await action()
  } finally {
    await connection.rollback()
    await connection.executeDriver('PRAGMA foreign_keys=ON', [], false)
  }
}

/** Rows that refer to nothing, as `table.rowid -> table`. */
async function violations(connection: Connection): Promise<string[]> {
  if (connection.traits.name !== 'sqlite') return []
  const { rows } = await connection.executeDriver('PRAGMA foreign_key_check', [], false)
  return rows.map(([table, row, parent]) => `${table}.${row} -> ${parent}`)
}

/** Where in its file a migration failed, as ` at ab12_users.ts:20`. */
function placeOf(step: Step, error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const name = basename(step.migration.path)
  for (const line of stack.split('\n')) {
    const found = /([^/\\]+)\?changed=[\d.]+:(\d+):\d+/.exec(line)
    if (found && decodeURIComponent(found[1] as string) === name) return ` at ${name}:${found[2]}`
  }
  return ''
}

function failure(
  step: Step,
  error: unknown,
  done: readonly Step[],
  isTransactional: boolean,
): MigrationError {
  const { revision, message } = step.migration
  const reason = error instanceof Error ? error.message : String(error)
  const where = `Migration ${revision} (${message || 'empty message'}) failed${placeOf(step, error)}: ${reason}\n`
  if (isTransactional) {
    const kept = done.length ? ` and is at ${done.at(-1)?.heads.join(', ') || 'base'}` : ''
    return new MigrationError(`${where}The database is as it was before${kept}.`, { cause: error })
  }
  return new MigrationError(
    `${where}MySQL commits every change of a table at once: what the migration did before the error stays, and the version is still ${done.at(-1)?.heads.join(', ') ?? 'the one from before'}. Undo those changes by hand, or take them out of the migration, and run the command again.`,
    { cause: error },
  )
}

async function runSteps(
  environment: MigrationEnvironment,
  connection: Connection,
  steps: readonly Step[],
  current: readonly string[],
): Promise<void> {
  const { versions, options, metadata } = environment
  const { traits } = connection
  const context = new OnlineContext(connection)
  const operations = new Operations(context, options.namingConvention ?? metadata.namingConvention)
  const isSafe = traits.transactionalDdl
  const committed: Step[] = []
  let heads = current
  const before = new Set(await violations(connection))
  for (const step of steps) {
    report(describeStep(step))
    try {
      await (step.isUpgrade ? step.migration.upgrade : step.migration.downgrade)(operations)
      for (const sql of versions.changeSql(heads, step.heads, traits)) await context.run(sql)
      const broken = (await violations(connection)).filter((row) => !before.has(row))
      if (broken.length)
        throw new CommandError(`rows refer to what is not there: ${broken.slice(0, 5).join(', ')}`)
      if (options.transactionPerMigration || !isSafe) {
        await connection.commit()
        committed.push(step)
      }
    } catch (error) {
      await connection.rollback()
      throw failure(step, error, committed, isSafe)
    }
    heads = step.heads
  }
  await connection.commit()
}

/** Migrates the database of the current application. */
export async function runOnline(environment: MigrationEnvironment, plan: Planner): Promise<readonly Step[]> {
  const map = await environment.scripts.load()
  await using connection = await environment.engine.connect()
  return await withoutForeignKeys(connection, async () => {
    const current = await environment.versions.read(connection)
    const steps = plan(map, current)
    if (steps.length === 0) return steps
    await environment.versions.ensure(connection)
    await runSteps(environment, connection, steps, current)
    return steps
  })
}
