import { type BaseConverter, type ConverterHost, ValidationError } from './converter.ts'
import { DEFAULT_CONVERTERS } from './default-converters.ts'
import { pythonEquals } from './python-compare.ts'
import type { QueryOptions } from './quoting.ts'
import { type BuiltUrl, type RouteValues, RuleBuilder } from './rule-builder.ts'
import { type RedirectTarget, type RuleOptions, RuleOptionsError, readMethods } from './rule-options.ts'
import type { RulePart } from './rule-part.ts'
import { readRule, type TraceStep } from './rule-pattern.ts'

/** What a rule needs of the map that it belongs to. */
export interface RuleHost extends ConverterHost {
  readonly strictSlashes: boolean
  readonly mergeSlashes: boolean
  readonly defaultSubdomain: string
  readonly subdomainMatching: boolean
  readonly sortParameters: boolean
  readonly sortKey: QueryOptions['sortKey']
}

/** Anything that gives rules to a map: a rule, or a factory that makes several. */
export interface RuleFactory {
  /** The rules, unbound. */
  getRules(map: RuleHost): Iterable<Rule>
}

const BUILT_IN: ReadonlySet<unknown> = new Set(Object.values(DEFAULT_CONVERTERS))
/** Thrown when a rule is added to a second map. */
export class RuleBoundError extends Error {
  override name = 'RuleBoundError'
  constructor(rule: Rule) {
    super(`url rule ${rule} already bound to a map: add a copy, rule.empty()`)
  }
}

/** Thrown for a rule that names a converter its map does not have. */
export class UnknownConverterError extends Error {
  override name = 'UnknownConverterError'
  constructor(converter: string, rule: string, known: readonly string[]) {
    super(
      `the converter '${converter}' of the url rule '${rule}' does not exist: the map has ${known.join(', ')}`,
    )
  }
}

/**
 * One URL pattern, with what it leads to.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/routing/#rule-format
 */
export class Rule implements RuleFactory {
  /** The rule's text. */
  readonly rule: string
  readonly endpoint: string
  /** The methods in upper case, or `undefined` for all. */
  readonly methods: ReadonlySet<string> | undefined
  readonly defaults: Readonly<RouteValues> | undefined
  readonly host: string | undefined
  readonly redirectTo: string | RedirectTarget | undefined
  readonly buildOnly: boolean
  readonly alias: boolean
  readonly websocket: boolean
  /** The names of all variables and defaults. */
  readonly arguments: Set<string>
  /** The rest is settled when the rule is added to a map. */
  subdomain: string | undefined
  strictSlashes: boolean | undefined
  mergeSlashes: boolean | undefined
  /** The map that the rule was added to. */
  map: RuleHost | undefined
  /** All rules of the endpoint, in the order in which URLs are built from them. */
  siblings: readonly Rule[] = []
  /** @internal */
  parts: readonly RulePart[] = []
  /** The variables' names in order of appearance, and their converters. @internal */
  variables: readonly string[] = []
  /** @internal */
  converters: readonly BaseConverter[] = []
  /** Whether code of the application runs when the values of a match are converted. @internal */
  hasOwnConverter = false
  #traceKey = ''
  #display = ''
  #builder: RuleBuilder | undefined
  readonly #options: RuleOptions

  /**
   * @param rule - Path with variables as `<converter(arguments):name>`; begins with a slash.
   * @throws RuleOptionsError if the text or the options are not valid.
   */
  constructor(rule: string, options: RuleOptions = {}) {
    if (!rule.startsWith('/')) throw new RuleOptionsError(`URL rule '${rule}' must start with a slash.`)
    this.rule = rule
    this.endpoint = options.endpoint as string
    this.websocket = options.websocket ?? false
    this.methods = readMethods(options.methods, this.websocket)
    this.defaults = options.defaults ?? undefined
    this.subdomain = options.subdomain ?? undefined
    this.host = options.host ?? undefined
    this.strictSlashes = options.strictSlashes ?? undefined
    this.mergeSlashes = options.mergeSlashes ?? undefined
    this.redirectTo = options.redirectTo ?? undefined
    this.buildOnly = options.buildOnly ?? false
    this.alias = options.alias ?? false
    this.arguments = new Set(Object.keys(this.defaults ?? {}))
    this.#options = options
  }

  /** Whether the rule ends without a slash. */
  get isLeaf(): boolean {
    return !this.rule.endsWith('/')
  }

  /** Whether the rule ends with a slash. */
  get isBranch(): boolean {
    return this.rule.endsWith('/')
  }

  /**
   * An unbound copy, for another map.
   *
   * @param changes - What differs in the copy.
   */
  empty(changes: RuleOptions & { readonly rule?: string } = {}): Rule {
    const { rule = this.rule, ...options } = changes
    const Type = this.constructor as new (rule: string, options: RuleOptions) => Rule
    return new Type(rule, { ...this.getEmptyOptions(), ...options })
  }

  /** The options that a copy is made with. A subclass with options of its own adds them. */
  getEmptyOptions(): RuleOptions {
    const { defaults } = this
    return { ...this.#options, defaults: defaults === undefined ? undefined : { ...defaults } }
  }

  getRules(_map: RuleHost): Iterable<Rule> {
    return [this]
  }

  /**
   * Settles the rule for a map and compiles it.
   *
   * @throws RuleBoundError if it belongs to a map already; RuleSyntaxError, UnknownConverterError or what a converter's
   *   constructor throws.
   * @internal
   */
  bind(map: RuleHost): void {
    if (this.map !== undefined) throw new RuleBoundError(this)
    this.map = map
    this.strictSlashes ??= map.strictSlashes
    this.mergeSlashes ??= map.mergeSlashes
    this.subdomain ??= map.defaultSubdomain
    this.#compile(map)
  }

  /**
   * Makes the converter of a variable; a subclass may choose another.
   *
   * @throws UnknownConverterError if the map has none of that name.
   */
  getConverter(
    map: RuleHost,
    _variable: string,
    converter: string,
    args: readonly unknown[],
    kwargs: Readonly<Record<string, unknown>>,
  ): BaseConverter {
    const Type = Object.hasOwn(map.converters, converter) ? map.converters[converter] : undefined
    if (Type === undefined) throw new UnknownConverterError(converter, this.rule, Object.keys(map.converters))
    return new Type(map, args, kwargs)
  }

  #compile(map: RuleHost): void {
    const path = this.mergeSlashes ? this.rule.replace(/\/{2,}/g, '/') : this.rule
    const pattern = readRule(map.subdomainMatching ? this.subdomain : this.host, path, (token) =>
      this.getConverter(map, token.name, token.converter, token.args, token.kwargs),
    )
    this.parts = pattern.parts
    this.variables = [...pattern.converters.keys()]
    this.converters = [...pattern.converters.values()]
    this.hasOwnConverter = this.converters.some((converter) => !BUILT_IN.has(converter.constructor))
    for (const name of this.variables) this.arguments.add(name)
    this.#describe(pattern.trace)
    const query = { sort: map.sortParameters, sortKey: map.sortKey }
    this.#builder = new RuleBuilder(pattern.trace, pattern.converters, this.defaults ?? {}, query)
  }

  #describe(trace: readonly TraceStep[]): void {
    this.#display = trace.map((step) => (step.variable ? `<${step.text}>` : step.text)).join('')
    this.#traceKey = JSON.stringify(trace.map((step) => [step.variable, step.text]))
  }

  /** Whether the rule takes a method. */
  takes(method: string): boolean {
    return this.methods === undefined || this.methods.has(method)
  }

  /** Whether both rules have the same text and variables, whatever their converters. */
  equals(other: Rule): boolean {
    return this === other || this.#traceKey === other.#traceKey
  }

  /**
   * Builds the rule's URL.
   *
   * @param appendUnknown - Whether values that are no variables become the query.
   * @returns `undefined` if a converter does not take its value.
   */
  build(values: Readonly<RouteValues>, appendUnknown = true): BuiltUrl | undefined {
    try {
      return this.#builder?.build(values, appendUnknown)
    } catch (error) {
      if (error instanceof ValidationError) return undefined
      throw error
    }
  }

  /** Whether the rule is the short address for certain values of another rule's variables. */
  providesDefaultsFor(rule: Rule): boolean {
    return (
      !this.buildOnly &&
      this.defaults !== undefined &&
      Object.keys(this.defaults).length > 0 &&
      this.endpoint === rule.endpoint &&
      !this.equals(rule) &&
      this.arguments.size === rule.arguments.size &&
      this.arguments.isSubsetOf(rule.arguments)
    )
  }

  /** Whether the values are enough to build the rule's URL, and fit its defaults and its methods. */
  suitableFor(values: Readonly<RouteValues>, method?: string): boolean {
    if (method !== undefined && !this.takes(method)) return false
    const { defaults = {} } = this
    for (const name of this.arguments) {
      const given = Object.hasOwn(values, name)
      if (!Object.hasOwn(defaults, name)) {
        if (!given) return false
      } else if (given && !pythonEquals(defaults[name], values[name])) return false
    }
    return true
  }

  /** `<Rule '/users/<id>' (GET, HEAD) -> user>` */
  toString(): string {
    if (this.map === undefined) return `<${this.constructor.name} (unbound)>`
    const methods = this.methods === undefined ? '' : ` (${[...this.methods].join(', ')})`
    return `<${this.constructor.name} '${this.#display.replace(/^\|+/, '')}'${methods} -> ${this.endpoint}>`
  }
}
