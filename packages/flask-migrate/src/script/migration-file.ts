import { readFileSync, statSync } from 'node:fs'
import { extname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CommandError } from '../errors.ts'
import type { Operations } from '../operations/operations.ts'

/** What a migration does in one direction. */
export type MigrationFunction = (op: Operations) => unknown

/** One migration: a file of the `versions` folder. */
export interface Migration {
  readonly path: string
  readonly revision: string
  /** What it comes after; none for the first, several for a merge. */
  readonly downRevisions: readonly string[]
  readonly branchLabels: readonly string[]
  /** Others that must be applied before, on other branches. */
  readonly dependsOn: readonly string[]
  /** First line of the comment that it begins with. */
  readonly message: string
  /** The whole comment. */
  readonly comment: string
  readonly upgrade: MigrationFunction
  readonly downgrade: MigrationFunction
}

const runnable = new Set(['.ts', '.mts', '.js', '.mjs'])

function asList(value: unknown, what: string, path: string): string[] {
  if (value === null || value === undefined) return []
  const list = typeof value === 'string' ? [value] : value
  if (Array.isArray(list) && list.every((item) => typeof item === 'string')) return list
  throw new CommandError(`'${what}' of the migration '${path}' must be text, a list of texts or null.`)
}

function commentOf(text: string): string {
  const block = /^\s*(?:\/\*\*?([\s\S]*?)\*\/|(?:[ru]*)"""([\s\S]*?)""")/.exec(text)
  return (block?.[1] ?? block?.[2] ?? '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
    .trim()
}

function functionOf(value: unknown, name: string, path: string): MigrationFunction {
  if (typeof value === 'function') return value as MigrationFunction
  throw new CommandError(`The migration '${path}' must export a function '${name}'.`)
}

async function readScript(path: string): Promise<Migration> {
  // The time of change in the address makes a file that was edited be read again.
  const url = `${pathToFileURL(path).href}?changed=${statSync(path).mtimeMs}`
  const module = (await import(url)) as Record<string, unknown>
  const { revision } = module
  if (typeof revision !== 'string' || revision === '') {
    throw new CommandError(
      `Could not determine revision id from '${path}': it must export a text as 'revision'.`,
    )
  }
  const comment = commentOf(readFileSync(path, 'utf8'))
  return {
    path,
    revision,
    downRevisions: asList(module.downRevision, 'downRevision', path),
    branchLabels: asList(module.branchLabels, 'branchLabels', path),
    dependsOn: asList(module.dependsOn, 'dependsOn', path),
    message: comment.split('\n')[0] ?? '',
    comment,
    upgrade: functionOf(module.upgrade, 'upgrade', path),
    downgrade: functionOf(module.downgrade, 'downgrade', path),
  }
}

function pythonValues(text: string, name: string): string[] {
  const found = new RegExp(`^${name}\\s*(?::[^=\\n]+)?=\\s*(\\([^)]*\\)|\\[[^\\]]*\\]|[^\\n#]+)`, 'm').exec(
    text,
  )
  return Array.from((found?.[1] ?? '').matchAll(/'([^']*)'|"([^"]*)"/g), ([, one, two]) => one ?? two ?? '')
}

/** A migration that Alembic wrote: its place is known, but only Alembic can carry it out. */
function readPython(path: string): Migration | null {
  const text = readFileSync(path, 'utf8')
  const [revision] = pythonValues(text, 'revision')
  if (!revision) return null
  const refuse: MigrationFunction = () => {
    throw new CommandError(
      `'${path}' is a migration in Python, which only Alembic can carry out. Bring the database to it with Alembic first, or mark it as done with "flask db stamp ${revision}".`,
    )
  }
  const comment = commentOf(text)
  return {
    path,
    revision,
    downRevisions: pythonValues(text, 'down_revision'),
    branchLabels: pythonValues(text, 'branch_labels'),
    dependsOn: pythonValues(text, 'depends_on'),
    message: comment.split('\n')[0] ?? '',
    comment,
    upgrade: refuse,
    downgrade: refuse,
  }
}

/** Reads a migration; `null` for files that are none. */
export async function readMigration(path: string): Promise<Migration | null> {
  if (path.endsWith('.d.ts')) return null
  if (extname(path) === '.py') return readPython(path)
  return runnable.has(extname(path)) ? await readScript(path) : null
}
