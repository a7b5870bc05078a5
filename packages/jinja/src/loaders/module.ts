import { RuntimeError, TemplateNotFound } from '../errors.ts'
import type { CompiledModule } from '../runtime/compiled-module.ts'
import { BaseLoader, type PrecompiledTemplate, type TemplateSource } from './loader.ts'

/** The file name of a compiled template. */
export function moduleFilename(name: string): string {
  const { createHash } = process.getBuiltinModule('node:crypto')
  return `tmpl_${createHash('sha1').update(name).digest('hex')}.js`
}

/** Where compiled modules are. */
interface Modules {
  find(name: string): CompiledModule | undefined
  names(): string[]
}

/**
 * Loads templates that `compileTemplates` has compiled: nothing is compiled or evaluated at run time.
 *
 * Where modules cannot be loaded by path, pass what the `index.js` of the folder exports as `templates`.
 */
export class ModuleLoader extends BaseLoader {
  readonly #modules: Modules

  /** @param source The compiled modules by the names of their templates, or the folder or folders they are in. */
  constructor(source: string | readonly string[] | Readonly<Record<string, CompiledModule>>) {
    super()
    const isPath = typeof source === 'string' || Array.isArray(source)
    this.#modules = isPath
      ? inFolders([source].flat() as string[])
      : inMemory(source as Readonly<Record<string, CompiledModule>>)
  }

  override getSource(name: string): TemplateSource {
    throw new RuntimeError(`ModuleLoader cannot provide access to the source of ${JSON.stringify(name)}`)
  }

  override find(name: string): PrecompiledTemplate {
    const module = this.#modules.find(name)
    if (module === undefined) throw new TemplateNotFound(name)
    return { module }
  }

  override listTemplates(): string[] {
    return this.#modules.names().sort()
  }
}

function inMemory(modules: Readonly<Record<string, CompiledModule>>): Modules {
  return {
    find: (name) => (Object.hasOwn(modules, name) ? modules[name] : undefined),
    names: () => Object.keys(modules),
  }
}

/** Finds modules in folders. Node's modules are not imported: the loader must also load where there are none. */
function inFolders(folders: readonly string[]): Modules {
  const { existsSync } = process.getBuiltinModule('node:fs')
  const { createRequire } = process.getBuiltinModule('node:module')
  const { join, resolve } = process.getBuiltinModule('node:path')
  const load = createRequire(join(process.cwd(), 'package.json'))
  const present = (file: string): string[] =>
    folders.map((folder) => join(resolve(folder), file)).filter((path) => existsSync(path))
  return {
    find: (name) => {
      const [path] = present(moduleFilename(name))
      return path === undefined ? undefined : (load(path) as CompiledModule)
    },
    names: () => {
      const indexes = present('index.js').map((path) => load(path) as { templates: object })
      return [...new Set(indexes.flatMap(({ templates }) => Object.keys(templates)))]
    },
  }
}
