import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Aborter } from '@flask-ts/werkzeug/exceptions'
import { type BuildError, UrlMap } from '@flask-ts/werkzeug/routing'
import { blueprintOf } from '../blueprint-names.ts'
import type { BlueprintOptions, NestableBlueprint } from '../blueprints/setup-state.ts'
import { Config } from '../config/config.ts'
import { DEFAULT_CONFIG } from '../config/defaults.ts'
import { RequestPlans } from '../dispatch/plan.ts'
import { DuplicateEndpointError, LateSetupError, SetupValueError } from '../errors.ts'
import { createLogger, type Logger } from '../logging.ts'
import { FlaskRule, type FlaskRuleOptions } from '../routing/flask-rule.ts'
import type { RouteOptions } from '../scaffold/route-options.ts'
import { type ImportSource, Scaffold, type ScaffoldOptions } from '../scaffold/scaffold.ts'
import type { SetupTarget } from '../scaffold/setup-target.ts'
import type { TemplateFunction } from '../scaffold/template-names.ts'
import { type AnyView, EndpointNames, type UrlValues, type ViewFacts } from '../scaffold/view-endpoint.ts'
import type { ShellContextProcessor, Teardown } from '../view-types.ts'
import { instancePathOf } from './instance-path.ts'
import { askBuildErrorHandlers, type UrlBuildErrorHandler } from './url-for.ts'

/** What an application is given beside its place. */
export interface FlaskOptions extends ScaffoldOptions {
  /** The host of the static files, with host matching. */
  readonly staticHost?: string | undefined
  /** Matches whole hosts rather than subdomains of `SERVER_NAME`. */
  readonly hostMatching?: boolean | undefined
  /** Matches the subdomains of `SERVER_NAME`. */
  readonly subdomainMatching?: boolean | undefined
  /** Absolute path of the instance folder. */
  readonly instancePath?: string | undefined
  /** Takes the files of the configuration from the instance folder. */
  readonly instanceRelativeConfig?: boolean | undefined
}

/** An application as far as it is set up before it serves. */
export abstract class BaseApp extends Scaffold implements SetupTarget {
  readonly config: Config
  readonly urlMap: UrlMap
  readonly subdomainMatching: boolean
  readonly instancePath: string
  /** What extensions keep with the application, by their names. */
  readonly extensions: Record<string, unknown> = {}
  readonly blueprints = new Map<string, object>()
  readonly teardownAppcontextFuncs: Teardown[] = []
  readonly shellContextProcessors: ShellContextProcessor[] = []
  readonly urlBuildErrorHandlers: UrlBuildErrorHandler[] = []
  /** Throws the exceptions of `abort`; its `mapping` can be extended. */
  readonly aborter: Aborter
  readonly plans = new RequestPlans(this)
  readonly #endpoints = new EndpointNames()
  #logger: Logger | undefined
  /** Whether a request was handled: then nothing may be set up any more. */
  gotFirstRequest = false

  constructor(source: ImportSource, options: FlaskOptions) {
    super(source, {
      ...options,
      staticFolder: options.staticFolder === undefined ? 'static' : options.staticFolder,
      templateFolder: options.templateFolder === undefined ? 'templates' : options.templateFolder,
    })
    this.instancePath = instancePathOf(options.instancePath, this.rootPath, this.importName)
    this.config = this.makeConfig(options.instanceRelativeConfig ?? false)
    this.aborter = this.makeAborter()
    this.urlMap = new UrlMap([], { hostMatching: options.hostMatching ?? false })
    this.subdomainMatching = options.subdomainMatching ?? false
    if (options.staticHost !== undefined && options.hostMatching !== true) {
      throw new SetupValueError(
        `'staticHost' ${options.staticHost} is given without 'hostMatching'. Set both or neither.`,
      )
    }
    if (this.hasStaticFolder) {
      if (options.hostMatching === true && options.staticHost === undefined) {
        throw new SetupValueError(
          "Static files need 'staticHost' with 'hostMatching'. Give it, or set 'staticFolder' to null.",
        )
      }
      this.addUrlRule(`${this.staticUrlPath}/<path:filename>`, {
        endpoint: 'static',
        host: options.staticHost,
        viewFunc: ({ filename }) => this.sendStaticFile(String(filename)),
      })
    }
  }

  /** Makes the configuration. Override it for another class or other defaults. */
  protected makeConfig(instanceRelative: boolean): Config {
    const debug = ['1', 'true', 'yes', 'on'].includes((process.env.FLASK_DEBUG ?? '').toLowerCase())
    return new Config(instanceRelative ? this.instancePath : this.rootPath, {
      ...DEFAULT_CONFIG,
      DEBUG: debug,
    })
  }

  /** Makes what `abort` throws with. Override it for another table of exceptions. */
  protected makeAborter(): Aborter {
    return new Aborter()
  }

  /** Makes a rule. Override it for another class. */
  protected makeRule(rule: string, options: FlaskRuleOptions): FlaskRule {
    return new FlaskRule(rule, options)
  }

  abstract templateFilter(name: string, run: TemplateFunction): unknown
  abstract templateTest(name: string, run: TemplateFunction): unknown
  abstract templateGlobal(name: string, run: TemplateFunction): unknown

  /** Answers with a file of the static folder. */
  abstract sendStaticFile(filename: string): unknown

  override get description(): string {
    return `application '${this.importName}'`
  }

  /** The application's name: that of its file. */
  get name(): string {
    return this.importName
  }

  /** Whether errors are shown rather than hidden, and templates reloaded. */
  get debug(): boolean {
    return this.config.DEBUG
  }

  set debug(value: boolean) {
    this.config.DEBUG = value
  }

  /** Whether exceptions go to the test rather than become a 500. */
  get testing(): boolean {
    return this.config.TESTING
  }

  set testing(value: boolean) {
    this.config.TESTING = value
  }

  /** The key that signs sessions. */
  get secretKey(): string | Uint8Array | null {
    return this.config.SECRET_KEY
  }

  set secretKey(key: string | Uint8Array | null) {
    this.config.SECRET_KEY = key
  }

  /** How long permanent sessions last, in seconds. */
  get permanentSessionLifetime(): number {
    return this.config.PERMANENT_SESSION_LIFETIME
  }

  set permanentSessionLifetime(seconds: number) {
    this.config.PERMANENT_SESSION_LIFETIME = seconds
  }

  /** Where the application writes what happens; made on first use, so that it can be configured before. */
  get logger(): Logger {
    this.#logger ??= createLogger(this)
    return this.#logger
  }

  set logger(logger: Logger) {
    this.#logger = logger
  }

  protected override checkSetup(what: string): void {
    if (!this.gotFirstRequest) return
    throw new LateSetupError(
      `The setup method '${what}' can no longer be called on the application '${this.name}'. It has already handled` +
        ' its first request, any changes will not be applied consistently.\nMake sure all imports, functions, etc.' +
        ' needed to set up the application are done before running it.',
    )
  }

  /**
   * Registers a blueprint, with what the options change of it.
   *
   * @throws DuplicateBlueprintError - if the name is taken: give it another.
   */
  registerBlueprint(blueprint: NestableBlueprint, options: BlueprintOptions = {}): void {
    this.checkSetup('registerBlueprint')
    blueprint.register(this, options)
  }

  /** The registered blueprints, in order. */
  iterBlueprints(): Iterable<object> {
    return this.blueprints.values()
  }

  protected override registerRule(
    rule: string,
    endpoint: string | undefined,
    view: AnyView | undefined,
    options: RouteOptions,
  ): void {
    this.checkSetup('addUrlRule')
    if (options.methods !== undefined && typeof options.methods === 'string') {
      throw new SetupValueError(
        `The rule '${rule}' has the methods '${options.methods}'. They must be a list: methods: ['${options.methods}'].`,
      )
    }
    this.addBlueprintRule(
      rule,
      endpoint ?? this.#endpoints.nameOf(rule, options.methods, view),
      view,
      options,
    )
  }

  /**
   * Adds a rule under a complete endpoint, blueprint names included.
   *
   * @throws DuplicateEndpointError - if another view has the endpoint.
   */
  addBlueprintRule(rule: string, endpoint: string, view: AnyView | undefined, options: RouteOptions): void {
    const facts: ViewFacts = (view ?? {}) as ViewFacts
    const methods = new Set(
      (options.methods ?? facts.methods ?? ['GET']).map((method) => method.toUpperCase()),
    )
    const automatic =
      options.provideAutomaticOptions ??
      facts.provideAutomaticOptions ??
      (!methods.has('OPTIONS') && this.config.PROVIDE_AUTOMATIC_OPTIONS)
    for (const method of facts.requiredMethods ?? []) methods.add(method.toUpperCase())
    if (automatic) methods.add('OPTIONS')
    this.#refuseOtherView(endpoint, view)
    const { redirectTo, defaults } = options
    this.urlMap.add(
      this.makeRule(rule, {
        ...options,
        endpoint,
        methods,
        redirectTo: redirectTo as FlaskRuleOptions['redirectTo'],
        defaults:
          defaults !== undefined && Object.keys(defaults).length > 0 ? (defaults as UrlValues) : undefined,
        provideAutomaticOptions: automatic,
      }),
    )
    if (view !== undefined) this.viewFunctions.set(endpoint, view)
  }

  #refuseOtherView(endpoint: string, view: AnyView | undefined): void {
    const known = this.viewFunctions.get(endpoint)
    if (view === undefined || known === undefined || known === view) return
    const where = blueprintOf(endpoint)
    throw new DuplicateEndpointError(
      `View function mapping is overwriting an existing endpoint function: '${endpoint}'` +
        `${where === null ? '' : ` in the blueprint '${where}'`}. Name the function otherwise or give an 'endpoint'.`,
    )
  }

  /** Registers a function to run at the end of each context, whatever happened. */
  teardownAppcontext<F extends Teardown>(hook: F): F {
    this.checkSetup('teardownAppcontext')
    this.teardownAppcontextFuncs.push(hook)
    return hook
  }

  /** Registers a function that gives names to `flask shell`. */
  shellContextProcessor<F extends ShellContextProcessor>(processor: F): F {
    this.checkSetup('shellContextProcessor')
    this.shellContextProcessors.push(processor)
    return processor
  }

  /** The text or bytes of a file in the instance folder; as `openResource`. */
  openInstanceResource(resource: string, mode?: 'rb'): Buffer
  openInstanceResource(resource: string, mode: 'r', encoding?: BufferEncoding): string
  openInstanceResource(
    resource: string,
    mode: 'r' | 'rb' = 'rb',
    encoding: BufferEncoding = 'utf8',
  ): Buffer | string {
    const path = join(this.instancePath, resource)
    return mode === 'r' ? readFileSync(path, encoding) : readFileSync(path)
  }

  /** Makes the instance folder if it is not there. */
  makeInstanceFolder(): void {
    mkdirSync(this.instancePath, { recursive: true })
  }

  /**
   * Answers for a URL that cannot be built: with what a handler gives.
   *
   * @throws BuildError - the given one, if no handler has an answer.
   */
  handleUrlBuildError(error: BuildError, endpoint: string, values: UrlValues): string {
    return askBuildErrorHandlers(this.urlBuildErrorHandlers, error, endpoint, values)
  }
}
