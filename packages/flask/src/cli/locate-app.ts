import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Flask } from '../app/app.ts'
import { type CallExpression, parseCallExpression } from './call-expression.ts'
import { NoAppException } from './errors.ts'

type Module = Readonly<Record<string, unknown>>

const EXTENSIONS = ['.ts', '.mts', '.js', '.mjs', '.cjs']
const INSTANCES = ['app', 'application', 'default']
const FACTORIES = ['createApp', 'create_app', 'makeApp', 'make_app']

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile()
}

/**
 * The file of a module that is named as on the `flask` command line: `app`, `app.ts`, `src/app`, or dotted as `site.app`.
 *
 * @returns `undefined` if there is none.
 */
function findModuleFile(name: string, folder = process.cwd()): string | undefined {
  const candidates = [name]
  if (!/[\\/]/.test(name)) candidates.push(name.replaceAll('.', '/'))
  for (const candidate of candidates) {
    const path = resolve(folder, candidate)
    if (isFile(path)) return path
    const found = [
      ...EXTENSIONS.map((ending) => path + ending),
      ...EXTENSIONS.map((ending) => join(path, `index${ending}`)),
    ]
    const file = found.find(isFile)
    if (file !== undefined) return file
  }
  return undefined
}

/** `create_app` for `createApp` and the other way round. */
function otherSpelling(name: string): string {
  if (name.includes('_')) return name.replace(/_([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase())
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function isFactory(value: unknown): value is (...args: unknown[]) => unknown {
  return typeof value === 'function' && !/^class\b/.test(Function.prototype.toString.call(value))
}

async function findBestApp(module: Module, name: string): Promise<Flask> {
  for (const key of INSTANCES) if (module[key] instanceof Flask) return module[key]
  const found = [...new Set(Object.values(module).filter((value) => value instanceof Flask))]
  if (found.length === 1) return found[0]!
  if (found.length > 1) {
    throw new NoAppException(
      `Detected multiple Flask applications in module '${name}'. Use '${name}:name' to specify the correct one.`,
    )
  }
  for (const key of FACTORIES) {
    const factory = module[key]
    if (!isFactory(factory)) continue
    if (factory.length > 0) {
      throw new NoAppException(
        `Detected factory '${key}' in module '${name}', but could not call it without arguments. Use '${name}:${key}(args)' to specify arguments.`,
      )
    }
    const app = await factory()
    if (app instanceof Flask) return app
  }
  throw new NoAppException(
    `Failed to find Flask application or factory in module '${name}'. Export it, or use '${name}:name' to specify one.`,
  )
}

async function callFactory(factory: (...args: unknown[]) => unknown, call: CallExpression): Promise<unknown> {
  const options = Object.keys(call.kwargs).length > 0 ? [call.kwargs] : []
  return factory(...(call.args ?? []), ...options)
}

async function findAppByString(module: Module, moduleName: string, text: string): Promise<Flask> {
  const call = parseCallExpression(text)
  const key = [call.name, otherSpelling(call.name)].find((name) => name in module)
  if (key === undefined) {
    throw new NoAppException(`Failed to find attribute '${call.name}' in '${moduleName}'. Is it exported?`)
  }
  const value = module[key]
  const app = isFactory(value) ? await callFactory(value, call) : value
  if (app instanceof Flask) return app
  throw new NoAppException(`A valid Flask application was not obtained from '${moduleName}:${text}'.`)
}

async function importModule(file: string, name: string): Promise<Module> {
  try {
    return (await import(pathToFileURL(file).href)) as Module
  } catch (error) {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
    throw new NoAppException(`While importing '${name}', an error was raised:\n\n${trace}`, { cause: error })
  }
}

/**
 * Loads an application as `--app` names it: `module`, `module:name` or `module:factory(arguments)`.
 *
 * @throws NoAppException - if it cannot be found or loaded.
 */
export async function locateApp(importPath: string, folder?: string): Promise<Flask> {
  const [, name = importPath, attribute] = /^(.*?):(?![\\/])(.*)$/s.exec(importPath) ?? []
  const file = findModuleFile(name, folder)
  if (file === undefined) throw new NoAppException(`Could not import '${name}'.`)
  const module = await importModule(file, name)
  return attribute === undefined ? findBestApp(module, name) : findAppByString(module, name, attribute)
}

/** Loads the application of `wsgi` or `app` in the current folder; `undefined` if there is neither. */
export async function locateDefaultApp(folder?: string): Promise<Flask | undefined> {
  for (const name of ['wsgi', 'app']) {
    const file = findModuleFile(name, folder)
    if (file !== undefined) return findBestApp(await importModule(file, name), name)
  }
  return undefined
}
