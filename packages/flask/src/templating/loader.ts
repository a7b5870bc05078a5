import {
  BaseLoader,
  FileSystemLoader,
  type PrecompiledTemplate,
  TemplateNotFound,
  type TemplateSource,
} from '@flask-ts/jinja'

/** An application or blueprint that may bring templates. */
export interface TemplateOwner {
  /** How it is named in explanations. */
  readonly description: string
  readonly jinjaLoader: BaseLoader | null
}

/** What finding templates needs of the application. */
export interface TemplateHost {
  readonly config: { readonly EXPLAIN_TEMPLATE_LOADING: boolean; readonly DEBUG: boolean }
  /** The application, then its blueprints. */
  templateOwners(): Iterable<TemplateOwner>
  explain(text: string): void
}

type Found = TemplateSource | PrecompiledTemplate

interface Attempt {
  readonly owner: TemplateOwner
  readonly found: Found | null
}

function placeOf(found: Found): string {
  return 'module' in found ? found.module.url : (found.filename ?? '<string>')
}

function lookUp(loader: BaseLoader, name: string): Found | null {
  try {
    return loader.find(name)
  } catch (error) {
    if (error instanceof TemplateNotFound) return null
    throw error
  }
}

function explanation(name: string, attempts: readonly Attempt[]): string {
  const lines = [`Locating template '${name}':`]
  for (const [at, { owner, found }] of attempts.entries()) {
    lines.push(`${String(at + 1).padStart(5)}: trying loader of ${owner.description}`)
    lines.push(`       -> ${found === null ? 'no match' : `found ('${placeOf(found)}')`}`)
  }
  const matches = attempts.filter(({ found }) => found !== null).length
  if (matches === 0) lines.push('Error: the template could not be found.')
  if (matches > 1) lines.push('Warning: multiple loaders returned a match for the template.')
  return lines.join('\n')
}

/**
 * Finds templates in the folder of the application, then in those of its blueprints.
 *
 * @see https://flask.palletsprojects.com/blueprints/#templates
 */
export class DispatchingJinjaLoader extends BaseLoader {
  readonly #host: TemplateHost

  constructor(host: TemplateHost) {
    super()
    this.#host = host
  }

  override getSource(name: string): TemplateSource {
    const found = this.find(name)
    if (!('module' in found)) return found
    throw new TemplateNotFound(name, `${name}\n\nIt is compiled ahead of time, and its source is not there.`)
  }

  override find(name: string): Found {
    if (this.#host.config.EXPLAIN_TEMPLATE_LOADING) return this.#explained(name)
    for (const { jinjaLoader } of this.#host.templateOwners()) {
      const found = jinjaLoader === null ? null : lookUp(jinjaLoader, name)
      if (found !== null) return found
    }
    throw new TemplateNotFound(name, this.#host.config.DEBUG ? this.#searched(name) : undefined)
  }

  /** In debug mode the error says where the template was looked for. */
  #searched(name: string): string {
    const places = Array.from(this.#host.templateOwners(), ({ description, jinjaLoader }) => {
      const folders = jinjaLoader instanceof FileSystemLoader ? jinjaLoader.searchPath.join(', ') : undefined
      const place =
        jinjaLoader === null ? 'has no template folder' : (folders ?? jinjaLoader.constructor.name)
      return `  ${description}: ${place}`
    })
    return `${name}\n\nIt is in none of these places:\n${places.join('\n')}`
  }

  #explained(name: string): Found {
    const attempts: Attempt[] = []
    for (const owner of this.#host.templateOwners()) {
      if (owner.jinjaLoader !== null) attempts.push({ owner, found: lookUp(owner.jinjaLoader, name) })
    }
    this.#host.explain(explanation(name, attempts))
    const first = attempts.find(({ found }) => found !== null)?.found
    if (first == null) throw new TemplateNotFound(name)
    return first
  }

  override listTemplates(): string[] {
    const names = new Set<string>()
    for (const { jinjaLoader } of this.#host.templateOwners()) {
      for (const name of jinjaLoader?.listTemplates() ?? []) names.add(name)
    }
    return [...names].sort()
  }
}
