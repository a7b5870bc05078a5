import type { MigrationEnvironment } from '../environment/environment.ts'
import { runOffline, splitRange } from '../environment/run-offline.ts'
import { runOnline } from '../environment/run-online.ts'
import { CommandError } from '../errors.ts'
import { planDowngrade, planUpgrade } from '../script/plan.ts'
import { resolveRevisions } from '../script/resolve-revision.ts'
import { describeFully } from './describe.ts'
import { listBranches, listCurrent, listHeads, listHistory } from './list.ts'
import { stampDatabase, stampScript } from './stamp.ts'
import { checkModels, type RevisionOptions, writeMerge, writeRevision } from './write-migration.ts'

/** What every command takes. */
export interface CommandOptions {
  /** Folder of the migrations, in place of the configured one. */
  directory?: string
}

/** What commands take that migrate, or write a script. */
export interface RunOptions extends CommandOptions {
  /** The version to go to, or `from:to` for a script. */
  revision?: string
  /** Writes the SQL instead of executing it. */
  sql?: boolean
}

/** What makes an environment for a command: the extension. */
export interface EnvironmentSource {
  environment(directory?: string): MigrationEnvironment
}

function write(text: string): void {
  process.stdout.write(text)
}

/** The commands over one database's migrations. */
export class MigrationCommands {
  readonly #source: EnvironmentSource

  constructor(source: EnvironmentSource) {
    this.#source = source
  }

  /** Makes the folder of the migrations. */
  async init(options: CommandOptions = {}): Promise<string[]> {
    return this.#source.environment(options.directory).scripts.init()
  }

  /** Writes a new, empty migration, or with `autogenerate` one of the differences; gives its file. */
  async revision(options: RevisionOptions & CommandOptions = {}): Promise<string | null> {
    return await writeRevision(this.#source.environment(options.directory), options)
  }

  /** Writes a migration of the differences between the models and the database; `null` without any. */
  async migrate(
    options: Omit<RevisionOptions, 'autogenerate'> & CommandOptions = {},
  ): Promise<string | null> {
    return await writeRevision(this.#source.environment(options.directory), {
      ...options,
      autogenerate: true,
    })
  }

  /** Writes a migration that brings branches together; gives its file. */
  async merge(
    options: Pick<RevisionOptions, 'message' | 'branchLabel' | 'revId'> &
      CommandOptions & { revisions?: readonly string[] } = {},
  ): Promise<string> {
    return await writeMerge(this.#source.environment(options.directory), options.revisions ?? [], options)
  }

  /** Brings the database to a newer version. */
  async upgrade(options: RunOptions = {}): Promise<void> {
    const environment = this.#source.environment(options.directory)
    const target = options.revision ?? 'head'
    if (options.sql) await runOffline(environment, splitRange(target), planUpgrade, write)
    else await runOnline(environment, (map, current) => planUpgrade(map, current, target))
  }

  /** Takes the database to an older version; one step back without `revision`. */
  async downgrade(options: RunOptions = {}): Promise<void> {
    const environment = this.#source.environment(options.directory)
    const target = options.revision ?? '-1'
    if (options.sql) {
      if (!target.includes(':')) throw new CommandError('downgrade with --sql requires <fromrev>:<torev>')
      await runOffline(environment, splitRange(target), planDowngrade, write)
    } else await runOnline(environment, (map, current) => planDowngrade(map, current, target))
  }

  /** Sets the version of the database without migrating it. */
  async stamp(options: RunOptions & { purge?: boolean } = {}): Promise<void> {
    const environment = this.#source.environment(options.directory)
    const target = options.revision ?? 'head'
    if (options.sql) await stampScript(environment, target, write)
    else await stampDatabase(environment, target.split(/[\s,]+/), options.purge ?? false)
  }

  /** The versions that the database is at. */
  async current(options: CommandOptions & { verbose?: boolean } = {}): Promise<string[]> {
    return await listCurrent(this.#source.environment(options.directory), options.verbose ?? false)
  }

  /** All versions, the newest first. */
  async history(
    options: CommandOptions & { revRange?: string; verbose?: boolean; indicateCurrent?: boolean } = {},
  ): Promise<string[]> {
    return await listHistory(this.#source.environment(options.directory), options)
  }

  /** The newest versions that there are. */
  async heads(options: CommandOptions & { verbose?: boolean } = {}): Promise<string[]> {
    return await listHeads(this.#source.environment(options.directory), options.verbose ?? false)
  }

  /** The versions that several come after. */
  async branches(options: CommandOptions & { verbose?: boolean } = {}): Promise<string[]> {
    return await listBranches(this.#source.environment(options.directory), options.verbose ?? false)
  }

  /** One version with its file and comment. */
  async show(options: CommandOptions & { revision?: string } = {}): Promise<string[]> {
    const map = await this.#source.environment(options.directory).scripts.load()
    const found = resolveRevisions(map, options.revision ?? 'head')
    return found.map((migration) => describeFully(migration, map))
  }

  /**
   * Compares the models with the database.
   *
   * @throws AutogenerateDiffsDetected - when a migration is missing.
   */
  async check(options: CommandOptions = {}): Promise<void> {
    await checkModels(this.#source.environment(options.directory))
  }
}
