import { randomBytes } from 'node:crypto'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { NewProject } from './arguments.ts'
import { FolderInUseError } from './errors.ts'

const TEMPLATE_FOLDER = join(import.meta.dirname, '../templates')

/** npm leaves files with these names out of packages, or reads them as its own: in templates they begin with `_`. */
const RENAMED = /^_(?=gitignore|env|flaskenv|dockerignore)/

/** Files in which names are filled in; all others are copied as they are. */
const FILLED = ['package.json', 'README.md', '.env']

function versionOfThis(): string {
  const manifest = readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}

function copyTemplate(template: string, folder: string): void {
  mkdirSync(folder, { recursive: true })
  cpSync(join(TEMPLATE_FOLDER, 'common'), folder, { recursive: true })
  cpSync(join(TEMPLATE_FOLDER, template), folder, { recursive: true })
  renameSync(join(folder, 'manifest.json'), join(folder, 'package.json'))
  for (const path of globSync('**/_*', { cwd: folder })) {
    if (!RENAMED.test(basename(path))) continue
    renameSync(join(folder, path), join(folder, dirname(path), basename(path).replace(RENAMED, '.')))
  }
}

/**
 * Makes a project: copies its template, and fills in its name, the version of the packages and a new secret key.
 *
 * @throws FolderInUseError - if the folder holds anything but a git repository.
 */
export function createProject({ folder, name, template }: NewProject): void {
  const inUse = existsSync(folder) && readdirSync(folder).some((entry) => entry !== '.git')
  if (inUse) throw new FolderInUseError(folder)
  copyTemplate(template, folder)
  const values: Readonly<Record<string, string>> = {
    NAME: name,
    VERSION: versionOfThis(),
    SECRET_KEY: randomBytes(32).toString('hex'),
  }
  for (const file of FILLED.map((path) => join(folder, path)).filter((path) => existsSync(path))) {
    const filled = readFileSync(file, 'utf8').replace(
      /__([A-Z_]+?)__/g,
      (all, key: string) => values[key] ?? all,
    )
    writeFileSync(file, filled)
  }
}
