import { RuntimeError, TemplateNotFound } from '../errors.ts'
import type { CompiledModule } from '../runtime/compiled-module.ts'
import { BaseLoader, type PrecompiledTemplate, type TemplateSource } from './loader.ts'

/** The file name of a compiled template. */
export function moduleFilename(name: string): string {
  const { createHash } = process.getBuiltinModule('node:crypto')
  return `tmpl_${createHash('sha1').update(name).digest('hex')}.js`
}

/**
 * Loads templates that `compileTemplates` has compiled: nothing is compiled or evaluated at run time.
 *
 * Where modules cannot be loaded by path, pass what the `index.js` of the folder exports as `templates`.
 */
export class ModuleLoader extends BaseLoader {
  readonly #modules: Readonly<Record<string, CompiledModule>> | null
  readonly #find: (name: string) => CompiledModule | undefined

  /** @param source The compiled modules by the names of their templates, or the folder or folders they are in. */
  constructor(source: string | readonly string[] | Readonly<Record<string, CompiledModule>>) {
    super()
    if (typeof source === 'string' || Array.isArray(source)) {
      this.#modules = null
      this.#find = inFolders([source].flat() as string[])
    } else {
      const modules = source as Readonly<Record<string, CompiledModule>>
      this.#modules = modules
      this.#find = (name) => (Object.hasOwn(modules, name) ? modules[name] : undefined)
    }
  }

  override getSource(name: string): TemplateSource {
    throw new RuntimeError(`ModuleLoader cannot provide access to the source of ${JSON.stringify(name)}`)
  }

  override find(name: string): PrecompiledTemplate {
    const module = this.#find(name)
    if (module === undefined) throw new TemplateNotFound(name)
    return { module }
  }

  override listTemplates(): string[] {
    return this.#modules === null ? super.listTemplates() : Object.keys(this.#modules).sort()
  }
}

/** Finds modules in folders. Node's modules are not imported: the loader must also load where there are none. */
function inFolders(folders: readonly string[]): (name: string) => CompiledModule | undefined {
  const { existsSync } = process.getBuiltinModule('node:fs')
  const { createRequire } = process.getBuiltinModule('node:module')
  const { join, resolve } = process.getBuiltinModule('node:path')
  const load = createRequire(join(process.cwd(), 'package.json'))
  return (name) => {
    const paths = folders.map((folder) => join(resolve(folder), moduleFilename(name)))
    const path = paths.find((candidate) => existsSync(candidate))
    return path === undefined ? undefined : (load(path) as CompiledModule)
  }
}
