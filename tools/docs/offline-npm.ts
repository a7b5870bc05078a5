/**
 * Stands for `npm` and `npx` where a page's commands are followed: packages come from this workspace, as `npm pack`
 * would make them, so that nothing is asked of the network. What it does not know is left to the real npm.
 */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
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
  exports?: Record<string, unknown>
  files?: readonly string[]
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

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) symlinkSync(target, path)
}

/** What a path of the sources is called once it is published. */
function published(target: unknown): unknown {
  if (typeof target !== 'string' || !target.endsWith('.ts')) return target
  const script = target.replace('./src/', './dist/').replace(/\.ts$/, '.js')
  return { types: script.replace(/\.js$/, '.d.ts'), default: script }
}

/** Copies what `npm pack` would put into a package, so that a program sees what its users will see. */
function copyPackage(name: string, from: string): Manifest {
  const to = resolve('node_modules', name)
  const manifest = manifestOf(from)
  if (existsSync(to)) return manifestOf(to)
  mkdirSync(to, { recursive: true })
  for (const file of manifest.files ?? []) {
    const options = { recursive: true, filter: (path: string) => !path.endsWith('.map') }
    if (existsSync(join(from, file))) cpSync(join(from, file), join(to, file), options)
  }
  const exports = Object.entries(manifest.exports ?? {}).map(([key, target]) => [key, published(target)])
  const bin = Object.entries(manifest.bin ?? {}).map(([key, path]) => [key, publishedProgram(path)])
  const made = { ...manifest, exports: Object.fromEntries(exports), bin: Object.fromEntries(bin) }
  writeFileSync(join(to, 'package.json'), JSON.stringify(made))
  for (const dependency of Object.keys(manifest.dependencies ?? {})) addPackage(dependency)
  return made
}

function publishedProgram(path: string): string {
  return path.replace('./src/', './dist/').replace(/\.ts$/, '.js')
}

/** Puts a package into the project: copied from the workspace, or linked from what the workspace itself installs. */
function addPackage(name: string): void {
  const own = workspace.get(name)
  const installed = join(ROOT, 'node_modules', name)
  if (own === undefined && !existsSync(installed)) throw new Error(`offline npm: there is no package ${name}`)
  if (own === undefined) link(installed, resolve('node_modules', name))
  const { bin } = own === undefined ? manifestOf(installed) : copyPackage(name, own)
  const programs = typeof bin === 'string' ? { [basename(name)]: bin } : (bin ?? {})
  for (const [program, path] of Object.entries(programs)) {
    const file = resolve('node_modules', name, path)
    if (!existsSync(file)) throw new Error(`offline npm: ${file} is not there: npm run build makes it`)
    chmodSync(file, 0o755)
    link(file, resolve('node_modules/.bin', program))
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
  for (const name of wanted) addPackage(name)
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
  const folder = workspace.get(`create-${args[0]!.replace(/@.*$/, '')}`)!
  const program = Object.values(manifestOf(folder).bin as Record<string, string>)[0]!
  const given = args.slice(1).filter((arg) => arg !== '--')
  run(process.execPath, [join(folder, program), ...given])
} else run(realNpm(), [command!, ...args])
