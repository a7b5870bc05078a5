import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Directive } from '../compare/directive.ts'
import { CommandError } from '../errors.ts'
import { renderScript } from '../render/render-script.ts'
import { type Migration, readMigration } from './migration-file.ts'
import { RevisionMap } from './revision-map.ts'

/** What a new migration is. */
export interface NewMigration {
  readonly message: string
  readonly revision?: string
  readonly downRevisions: readonly string[]
  readonly branchLabels: readonly string[]
  readonly dependsOn: readonly string[]
  readonly upgrades: readonly Directive[]
  readonly downgrades: readonly Directive[]
  /** Folder for the file, when it is not `versions`. */
  readonly versionPath?: string
}

const readme = `# Migrations

Each file in \`versions\` takes the database from one version to the next, and back.

    flask db migrate -m "what changes"    writes a file from the difference of models and database: read it
    flask db upgrade                      brings the database to the newest version
    flask db downgrade                    takes one step back
    flask db current | history | heads    tell where the database is, and what there is

The database keeps its version in the table \`alembic_version\`.
`

const longestSlug = 40

function slugOf(message: string): string {
  const slug = (message.match(/[\p{L}\p{N}_]+/gu) ?? []).join('_').toLowerCase()
  if (slug.length <= longestSlug) return slug
  return `${slug.slice(0, longestSlug).replace(/_[^_]*$/, '')}_`
}

/** The folder with the migrations. */
export class ScriptDirectory {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  get versions(): string {
    return join(this.path, 'versions')
  }

  /** Makes the folder. */
  init(): string[] {
    if (existsSync(this.path) && readdirSync(this.path).length > 0)
      throw new CommandError(`Directory ${this.path} already exists and is not empty`)
    mkdirSync(this.versions, { recursive: true })
    const made = [join(this.path, 'README.md'), join(this.versions, '.gitkeep')]
    writeFileSync(made[0] as string, readme)
    writeFileSync(made[1] as string, '')
    return made
  }

  #require(): void {
    if (existsSync(this.versions)) return
    throw new CommandError(
      `Path doesn't exist: '${this.path}'.  Please use the 'flask db init' command to create a new scripts folder.`,
    )
  }

  /** Reads all migrations. */
  async load(): Promise<RevisionMap> {
    this.#require()
    const names = readdirSync(this.versions, { recursive: true, encoding: 'utf8' }).sort()
    const migrations: Migration[] = []
    for (const name of names) {
      if (name.includes('__pycache__')) continue
      const migration = await readMigration(join(this.versions, name))
      if (migration) migrations.push(migration)
    }
    return new RevisionMap(migrations)
  }

  /** Writes a migration; gives its identifier and file. */
  write(given: NewMigration): { revision: string; path: string } {
    this.#require()
    const revision = given.revision ?? randomBytes(6).toString('hex')
    if (!/^[\w.-]+$/.test(revision))
      throw new CommandError(
        `A revision id has letters, digits, '_', '-' and '.', which '${revision}' has not.`,
      )
    const folder = given.versionPath ?? this.versions
    mkdirSync(folder, { recursive: true })
    const path = join(folder, `${revision}_${slugOf(given.message)}.ts`)
    const text = renderScript(
      { ...given, revision, createDate: new Date() },
      given.upgrades,
      given.downgrades,
    )
    writeFileSync(path, text, { flag: 'wx' })
    return { revision, path }
  }
}
