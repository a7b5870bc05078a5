import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { RuntimeError, TemplateNotFound } from '../errors.ts'
import type { CompiledModule } from '../runtime/compiled-module.ts'
import { BaseLoader, type PrecompiledTemplate, type TemplateSource } from './loader.ts'

/** The file name of a compiled template. */
export function moduleFilename(name: string): string {
  return `tmpl_${createHash('sha1').update(name).digest('hex')}.js`
}

/**
 * Loads templates that `compileTemplates` has compiled: nothing is compiled or evaluated at run time.
 *
 * Where modules cannot be loaded by path, pass what the `index.js` of the folder exports as `templates`.
 */
export class ModuleLoader extends BaseLoader {
  readonly #modules: Readonly<Record<string, CompiledModule>> | null
  readonly #folders: readonly string[]
  readonly #require: NodeJS.Require | null

  /** @param source The compiled modules by the names of their templates, or the folder or folders they are in. */
  constructor(source: string | readonly string[] | Readonly<Record<string, CompiledModule>>) {
    super()
    const isPath = typeof source === 'string' || Array.isArray(source)
    this.#modules = isPath ? null : (source as Readonly<Record<string, CompiledModule>>)
    this.#folders = isPath ? [source].flat().map((folder) => resolve(folder as string)) : []
    this.#require = isPath ? createRequire(join(process.cwd(), 'package.json')) : null
  }

  override getSource(name: string): TemplateSource {
    throw new RuntimeError(`ModuleLoader cannot provide access to the source of ${JSON.stringify(name)}`)
  }

  override find(name: string): PrecompiledTemplate {
    if (this.#modules !== null) {
      const module = Object.hasOwn(this.#modules, name) ? this.#modules[name] : undefined
      if (module !== undefined) return { module }
    }
    for (const folder of this.#folders) {
      const path = join(folder, moduleFilename(name))
      if (existsSync(path)) return { module: this.#require?.(path) as CompiledModule }
    }
    throw new TemplateNotFound(name)
  }

  override listTemplates(): string[] {
    return this.#modules === null ? super.listTemplates() : Object.keys(this.#modules).sort()
  }
}
