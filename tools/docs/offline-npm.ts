/**
 * Stands for `npm` and `npx` where a page's commands are followed: packages come from this workspace, as links, so that
 * nothing is asked of the network. What it does not know is left to the real npm.
 */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  globSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

interface Manifest {
  name?: string
  bin?: string | Record<string, string>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
}

const ROOT = resolve(import.meta.dirname, '../..')

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
}

const workspace = new Map(
  globSync('packages/*/package.json', { cwd: ROOT }).map((path) => {
    const folder = join(ROOT, dirname(path))
    return [manifestOf(folder).name!, folder] as const
  }),
)

/** The folder of a package: in the workspace, or among the packages that the workspace itself installs. */
function folderOf(name: string): string {
  const folder = workspace.get(name) ?? join(ROOT, 'node_modules', name)
  if (!existsSync(join(folder, 'package.json'))) throw new Error(`offline npm: there is no package ${name}`)
  return folder
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) symlinkSync(target, path)
}

function linkPackage(name: string): void {
  const folder = folderOf(name)
  link(folder, resolve('node_modules', name))
  const { bin = {} } = manifestOf(folder)
  const programs = typeof bin === 'string' ? { [basename(name)]: bin } : bin
  for (const [program, path] of Object.entries(programs)) {
    chmodSync(join(folder, path), 0o755)
    link(join(folder, path), resolve('node_modules/.bin', program))
  }
}

/** `npm install NAME...`, with the names written into the manifest; without names, everything in the manifest. */
function install(args: readonly string[]): void {
  const names = args.filter((arg) => !arg.startsWith('-')).map((name) => name.replace(/(?<=.)@[^/]*$/, ''))
  const manifest: Manifest = existsSync('package.json') ? manifestOf('.') : {}
  const field = args.some((arg) => arg === '-D' || arg === '--save-dev') ? 'devDependencies' : 'dependencies'
  for (const name of names) manifest[field] = { ...manifest[field], [name]: '*' }
  if (names.length > 0) writeFileSync('package.json', `${JSON.stringify(manifest, null, 2)}\n`)
  const wanted =
    names.length > 0 ? names : Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })
  for (const name of wanted) linkPackage(name)
}

function run(program: string, args: readonly string[]): never {
  const { status } = spawnSync(program, args, { stdio: 'inherit' })
  process.exit(status ?? 1)
}

function realNpm(): string {
  const places = process.env.PATH!.split(':').filter((folder) => folder !== process.env.OFFLINE_NPM)
  return places.map((folder) => join(folder, 'npm')).find((path) => existsSync(path))!
}

const [called, command, ...args] = process.argv.slice(2)
if (called === 'npx') run(resolve('node_modules/.bin', command!), args)
else if (command === 'install' || command === 'i' || command === 'ci') install(args)
else if (command === 'create') {
  const name = `create-${args[0]!.replace(/@.*$/, '')}`
  const { bin } = manifestOf(folderOf(name))
  const given = args.slice(1).filter((arg) => arg !== '--')
  run(process.execPath, [join(folderOf(name), Object.values(bin as Record<string, string>)[0]!), ...given])
} else run(realNpm(), [command!, ...args])
