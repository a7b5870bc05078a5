import type { BaseConverter } from './converter.ts'
import { encodeQuery, type QueryOptions, quotePath } from './quoting.ts'
import type { TraceStep } from './rule-pattern.ts'

/** Values by the name of their variable. */
export type RouteValues = Record<string, unknown>

interface Slot {
  readonly name: string
  readonly converter: BaseConverter
}

/** The two halves of a built URL, percent-encoded. */
export interface BuiltUrl {
  readonly domain: string
  readonly path: string
}

/** A run of constants and slots; neighbouring constants are one. */
class UrlTemplate {
  readonly #pieces: (string | Slot)[] = []

  add(piece: string | Slot): void {
    const last = this.#pieces.length - 1
    if (typeof piece === 'string' && typeof this.#pieces[last] === 'string') this.#pieces[last] += piece
    else this.#pieces.push(piece)
  }

  fill(values: Readonly<RouteValues>): string {
    let text = ''
    for (const piece of this.#pieces) {
      text += typeof piece === 'string' ? piece : piece.converter.toUrl(values[piece.name])
    }
    return text
  }
}

/** Builds the URLs of one rule. */
export class RuleBuilder {
  readonly #domain = new UrlTemplate()
  readonly #path = new UrlTemplate()
  /** Values under these names are no query arguments. */
  readonly #known: Set<string>
  readonly #query: QueryOptions

  /**
   * @param trace - The rule's steps.
   * @param converters - The converters by the name of their variable.
   * @param defaults - The rule's defaults: a variable with one is a constant in the URL.
   * @param query - How left-over values are written.
   */
  constructor(
    trace: readonly TraceStep[],
    converters: ReadonlyMap<string, BaseConverter>,
    defaults: Readonly<RouteValues>,
    query: QueryOptions,
  ) {
    this.#known = new Set([...converters.keys(), ...Object.keys(defaults)])
    this.#query = query
    let template = this.#domain
    for (const step of trace) {
      if (!step.variable) {
        if (step.text === '|' && template === this.#domain) template = this.#path
        else template.add(quotePath(step.text))
        continue
      }
      const converter = converters.get(step.text) as BaseConverter
      if (Object.hasOwn(defaults, step.text)) template.add(converter.toUrl(defaults[step.text]))
      else template.add({ name: step.text, converter })
    }
  }

  /**
   * Fills the values in.
   *
   * @param appendUnknown - Whether values that are no variables become the query.
   * @throws ValidationError or whatever else a converter throws.
   */
  build(values: Readonly<RouteValues>, appendUnknown: boolean): BuiltUrl {
    const domain = this.#domain.fill(values)
    const path = this.#path.fill(values)
    return { domain, path: appendUnknown ? path + this.#rest(values) : path }
  }

  #rest(values: Readonly<RouteValues>): string {
    let unknown: RouteValues | undefined
    for (const name of Object.keys(values)) {
      if (this.#known.has(name)) continue
      unknown ??= {}
      unknown[name] = values[name]
    }
    if (unknown === undefined) return ''
    const query = encodeQuery(unknown, this.#query)
    return query === '' ? '' : `?${query}`
  }
}
