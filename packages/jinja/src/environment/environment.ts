import { registerCode } from '../debug/stack.ts'
import { TemplateNotFound, TemplatesNotFound, UndefinedError } from '../errors.ts'
import type { BaseLoader, TemplateSource as LoadedSource } from '../loaders/loader.ts'
import { iterate } from '../python/iterate.ts'
import { print } from '../python/print.ts'
import type { CompiledModule } from '../runtime/compiled-module.ts'
import type { Variables } from '../runtime/context.ts'
import type { TemplateSource } from '../runtime/templates.ts'
import type { Template as Tree } from '../syntax/nodes.ts'
import { Undefined } from '../undefined/undefined.ts'
import { BaseEnvironment } from './base-environment.ts'
import { loadCode } from './code.ts'
import type { EnvironmentOptions } from './options.ts'
import { Template } from './template.ts'
import { LruCache } from './template-cache.ts'

/**
 * Everything that templates share: syntax, filters, tests, globals, loader and cache.
 *
 * It may be changed until the first template is loaded; later changes reach only templates that are compiled later.
 */
export class Environment extends BaseEnvironment implements TemplateSource {
  readonly #cache: LruCache<Template>
  #cacheOwner: BaseLoader | null

  constructor(options: EnvironmentOptions = {}) {
    super(options)
    this.#cache = new LruCache(options.cacheSize ?? 400)
    this.#cacheOwner = this.loader
  }

  #template(
    source: string | Tree,
    name: string | null,
    loaded: Partial<LoadedSource>,
    own: Variables | null,
  ): Template {
    const filename = loaded.filename ?? null
    const load = (streaming: boolean) => {
      const compiled = this.compile(source, name, filename, streaming)
      return this.checked('', name, filename, () => loadCode(compiled, name, filename))
    }
    const code = load(false)
    let streamCode: ReturnType<typeof load> | null = null
    return new Template(this, {
      name,
      filename,
      // The functions keep the code alive, and with it what stack traces know of it.
      factory: (runtime, environment) => code.factory(runtime, environment),
      streamFactory: () => {
        streamCode ??= load(true)
        return streamCode.factory
      },
      ownGlobals: own,
      upToDate: loaded.upToDate ?? null,
    })
  }

  #precompiled(module: CompiledModule, own: Variables | null): Template {
    const { name, filename, url, lines } = module
    registerCode(url, { name, filename, lines })
    return new Template(this, {
      name,
      filename,
      factory: module.template,
      streamFactory: () => module.stream,
      ownGlobals: own,
      upToDate: null,
    })
  }

  /**
   * A template from its source.
   *
   * @param globals Variables that only this template has.
   */
  fromString(source: string | Tree, globals: Variables | null = null): Template {
    return this.#template(source, null, {}, globals)
  }

  /** The name of a template that another one asks for; overridden, names can be relative. */
  joinPath(name: string, _parent: string): string {
    return name
  }

  #load(name: unknown, globals: Variables | null): Template {
    if (name instanceof Undefined) name.failWithUndefinedError()
    if (this.loader === null) throw new TypeError('no loader for this environment specified')
    if (name === null) throw new TemplateNotFound('None', '')
    if (typeof name !== 'string') throw new TemplateNotFound(print(name))
    if (this.loader !== this.#cacheOwner) {
      this.#cache.clear()
      this.#cacheOwner = this.loader
    }
    const known = this.#cache.get(name)
    if (known !== undefined && (!this.autoReload || known.isUpToDate)) {
      if (globals !== null) known.ownGlobals = Object.assign(known.ownGlobals ?? {}, globals)
      return known
    }
    const found = this.loader.find(name)
    const own = globals === null ? null : { ...globals }
    const template =
      'module' in found
        ? this.#precompiled(found.module, own)
        : this.#template(found.source, name, found, own)
    this.#cache.set(name, template)
    return template
  }

  /**
   * The template of a name; a template is given back as it is.
   *
   * @param parent The name of the template that asks.
   * @param globals Variables that the template has from now on.
   * @throws TemplateNotFound
   */
  getTemplate(name: unknown, parent: string | null = null, globals: Variables | null = null): Template {
    if (name instanceof Template) return name
    const joined = parent !== null && typeof name === 'string' ? this.joinPath(name, parent) : name
    return this.#load(
      typeof joined === 'object' && joined !== null && !(joined instanceof Undefined)
        ? print(joined)
        : joined,
      globals,
    )
  }

  /**
   * The first of several templates that is there.
   *
   * @throws TemplatesNotFound
   */
  selectTemplate(names: unknown, parent: string | null = null, globals: Variables | null = null): Template {
    if (names instanceof Undefined) names.failWithUndefinedError()
    const list = [...iterate(names)]
    if (list.length === 0) throw new TemplatesNotFound([], 'Tried to select from an empty list of templates.')
    for (const name of list) {
      try {
        return this.getTemplate(name, parent, globals)
      } catch (error) {
        if (!(error instanceof TemplateNotFound || error instanceof UndefinedError)) throw error
      }
    }
    const tried = list.map((name) => (name instanceof Undefined ? name.undefinedMessage : print(name)))
    throw new TemplatesNotFound(tried)
  }

  /** {@link getTemplate} for a name, {@link selectTemplate} for a list of names. */
  getOrSelectTemplate(
    name: unknown,
    parent: string | null = null,
    globals: Variables | null = null,
  ): Template {
    const isList = typeof name === 'object' && name !== null && Symbol.iterator in name
    if (!isList || name instanceof Undefined) return this.getTemplate(name, parent, globals)
    return this.selectTemplate(name, parent, globals)
  }

  /** The names of the templates that the loader has, all or those that `filter` accepts. */
  listTemplates(filter: (name: string) => boolean = () => true): string[] {
    if (this.loader === null) throw new TypeError('no loader for this environment specified')
    return this.loader.listTemplates().filter(filter)
  }
}
