import { DuplicateBlueprintError, LateSetupError, SetupValueError } from '../errors.ts'
import type { ErrorClass } from '../scaffold/error-handlers.ts'
import { mergeHooks } from '../scaffold/hooks.ts'
import type { RouteOptions } from '../scaffold/route-options.ts'
import { type ImportSource, Scaffold, type ScaffoldOptions } from '../scaffold/scaffold.ts'
import type { SetupTarget } from '../scaffold/setup-target.ts'
import { namedFunction, type TemplateFunction } from '../scaffold/template-names.ts'
import { type AnyView, EndpointNames, type UrlValues } from '../scaffold/view-endpoint.ts'
import { sendStaticFile } from '../static-files.ts'
import type {
  AfterRequest,
  BeforeRequest,
  ContextProcessor,
  ErrorHandler,
  Teardown,
  UrlDefaults,
  UrlValuePreprocessor,
} from '../view-types.ts'
import { type BlueprintOptions, BlueprintSetupState, type NestableBlueprint } from './setup-state.ts'

/** A step that runs when the blueprint is registered. */
export type DeferredSetup = (state: BlueprintSetupState) => void

/** What a blueprint is given beside its name. */
export interface BlueprintConstructorOptions<Prefix extends string = string> extends ScaffoldOptions {
  readonly urlPrefix?: Prefix | undefined
  readonly subdomain?: string | undefined
  readonly urlDefaults?: UrlValues | undefined
  /** Name of its command group, the blueprint's name unless given; `null` for no group. */
  readonly cliGroup?: string | null | undefined
}

/**
 * A part of an application, to be registered on it, or on several, or several times.
 *
 * It records what is done to it; `app.registerBlueprint(blueprint)` carries it out.
 *
 * @see https://flask.palletsprojects.com/blueprints/
 */
export class Blueprint<const Prefix extends string = ''> extends Scaffold<Prefix> {
  readonly name: string
  readonly urlPrefix: string | null
  readonly subdomain: string | null
  readonly urlValuesDefaults: UrlValues
  readonly cliGroup: string | null | undefined
  readonly #deferred: DeferredSetup[] = []
  readonly #nested: { blueprint: NestableBlueprint; options: BlueprintOptions }[] = []
  readonly #endpoints = new EndpointNames()
  #registered = false

  /**
   * @param name - Stands before its endpoints: `urlFor('name.endpoint')`. Without dots.
   * @param source - `import.meta`, for the folder of its files, or a name.
   */
  constructor(name: string, source: ImportSource, options: BlueprintConstructorOptions<Prefix> = {}) {
    super(source, options)
    if (name === '') throw new SetupValueError("A blueprint's name may not be empty.")
    if (/[./]/.test(name)) {
      throw new SetupValueError(
        `The blueprint name '${name}' may not contain a dot or a slash. Choose another.`,
      )
    }
    this.name = name
    this.urlPrefix = options.urlPrefix ?? null
    this.subdomain = options.subdomain ?? null
    this.urlValuesDefaults = options.urlDefaults ?? {}
    this.cliGroup = options.cliGroup
  }

  protected override checkSetup(what: string): void {
    if (!this.#registered) return
    throw new LateSetupError(
      `The setup method '${what}' can no longer be called on the blueprint '${this.name}'. It has already been` +
        ' registered at least once, any changes will not be applied consistently.\nMake sure all imports,' +
        ' functions, etc. needed to set up the blueprint are done before registering it.',
    )
  }

  override get description(): string {
    return `blueprint '${this.name}' (${this.importName})`
  }

  /** Records a function that is called with each registration's state. */
  record(step: DeferredSetup): void {
    this.checkSetup('record')
    this.#deferred.push(step)
  }

  /** As `record`, for the first registration on an application only. */
  recordOnce(step: DeferredSetup): void {
    this.record((state) => {
      if (state.firstRegistration) step(state)
    })
  }

  /** Registers a blueprint on this one: its names, prefixes and hooks come inside this one's. */
  registerBlueprint(blueprint: NestableBlueprint, options: BlueprintOptions = {}): void {
    this.checkSetup('registerBlueprint')
    if ((blueprint as unknown) === this) {
      throw new SetupValueError(`Cannot register the blueprint '${this.name}' on itself.`)
    }
    this.#nested.push({ blueprint, options })
  }

  /** Makes the state of one registration. Override it to give recorded functions more. */
  makeSetupState(
    app: SetupTarget,
    options: BlueprintOptions,
    fullName: string,
    firstRegistration: boolean,
  ): BlueprintSetupState {
    return new BlueprintSetupState(this, app, options, fullName, firstRegistration)
  }

  /**
   * Carries everything recorded out on an application. Called by `app.registerBlueprint`.
   *
   * @param outerName - The full name of the blueprint around it, or `null`.
   * @throws DuplicateBlueprintError - if the name is taken.
   */
  register(app: SetupTarget, options: BlueprintOptions = {}, outerName: string | null = null): void {
    const ownName = options.name ?? this.name
    const fullName = outerName === null ? ownName : `${outerName}.${ownName}`
    this.#refuseTakenName(app, ownName, fullName)
    const first = ![...app.blueprints.values()].includes(this)
    app.blueprints.set(fullName, this)
    this.#registered = true
    const state = this.makeSetupState(app, options, fullName, first)
    if (this.hasStaticFolder) {
      state.addUrlRule(`${this.staticUrlPath}/<path:filename>`, 'static', this.#staticView, {})
    }
    this.#merge(app, fullName)
    for (const step of this.#deferred) step(state)
    this.#registerCommands(app, options, fullName)
    for (const inner of this.#nested) {
      inner.blueprint.register(app, nestedOptions(state, inner.blueprint, inner.options), fullName)
    }
  }

  protected override registerRule(
    rule: string,
    endpoint: string | undefined,
    view: AnyView | undefined,
    options: RouteOptions,
  ): void {
    this.checkSetup('addUrlRule')
    if (endpoint?.includes('.')) {
      throw new SetupValueError(
        `The endpoint '${endpoint}' may not contain a dot. Its blueprint's name is added to it.`,
      )
    }
    const name = endpoint ?? this.#endpoints.nameOf(rule, options.methods, view)
    this.record((state) => state.addUrlRule(rule, name, view, options))
  }

  readonly #staticView: AnyView = ({ filename }) =>
    sendStaticFile(this.requireStaticFolder(), String(filename))

  #refuseTakenName(app: SetupTarget, ownName: string, fullName: string): void {
    const taken = app.blueprints.get(fullName)
    if (taken === undefined) return
    const which = taken === this ? 'this' : 'a different'
    const existing = ownName === fullName ? '' : ` '${fullName}'`
    throw new DuplicateBlueprintError(
      `The name '${ownName}' is already registered for ${which} blueprint${existing}. Use 'name' to provide a unique name.`,
    )
  }

  #merge(app: SetupTarget, name: string): void {
    app.errorHandlers.merge(this.errorHandlers, name)
    for (const [endpoint, view] of this.viewFunctions) app.viewFunctions.set(endpoint, view)
    mergeHooks(app.beforeRequestFuncs, this.beforeRequestFuncs, name)
    mergeHooks(app.afterRequestFuncs, this.afterRequestFuncs, name)
    mergeHooks(app.teardownRequestFuncs, this.teardownRequestFuncs, name)
    mergeHooks(app.urlValuePreprocessors, this.urlValuePreprocessors, name)
    mergeHooks(app.urlDefaultFunctions, this.urlDefaultFunctions, name)
    mergeHooks(app.templateContextProcessors, this.templateContextProcessors, name)
  }

  #registerCommands(app: SetupTarget, options: BlueprintOptions, fullName: string): void {
    if (this.cli.commands.size === 0) return
    const group = options.cliGroup === undefined ? this.cliGroup : options.cliGroup
    if (group === null) {
      for (const [name, command] of this.cli.commands) app.cli.addCommand(command, name)
    } else {
      this.cli.name = group ?? fullName
      app.cli.addCommand(this.cli)
    }
  }

  /** As `beforeRequest` of the application: for every request. */
  beforeAppRequest<F extends BeforeRequest>(hook: F): F {
    this.recordOnce((state) => state.app.beforeRequest(hook))
    return hook
  }

  /** As `afterRequest` of the application: for every request. */
  afterAppRequest<F extends AfterRequest>(hook: F): F {
    this.recordOnce((state) => state.app.afterRequest(hook))
    return hook
  }

  /** As `teardownRequest` of the application: for every request. */
  teardownAppRequest<F extends Teardown>(hook: F): F {
    this.recordOnce((state) => state.app.teardownRequest(hook))
    return hook
  }

  /** As `contextProcessor` of the application: for all templates. */
  appContextProcessor<F extends ContextProcessor>(processor: F): F {
    this.recordOnce((state) => state.app.contextProcessor(processor))
    return processor
  }

  /** As `errorHandler` of the application: for every request. */
  appErrorHandler<E>(codeOrClass: number | ErrorClass<E>, handler: ErrorHandler<E>): ErrorHandler<E> {
    this.recordOnce((state) => state.app.registerErrorHandler(codeOrClass, handler))
    return handler
  }

  /** As `urlValuePreprocessor` of the application: for every request. */
  appUrlValuePreprocessor<F extends UrlValuePreprocessor>(hook: F): F {
    this.recordOnce((state) => state.app.urlValuePreprocessor(hook))
    return hook
  }

  /** As `urlDefaults` of the application: for every URL. */
  appUrlDefaults<F extends UrlDefaults>(hook: F): F {
    this.recordOnce((state) => state.app.urlDefaults(hook))
    return hook
  }

  /** As `templateFilter` of the application. */
  appTemplateFilter<F extends TemplateFunction>(run: F): F
  appTemplateFilter<F extends TemplateFunction>(name: string, run: F): F
  appTemplateFilter(first: string | TemplateFunction, second?: TemplateFunction): TemplateFunction {
    const [name, run] = namedFunction(first, second)
    this.recordOnce((state) => state.app.templateFilter(name, run))
    return run
  }

  /** As `templateTest` of the application. */
  appTemplateTest<F extends TemplateFunction>(run: F): F
  appTemplateTest<F extends TemplateFunction>(name: string, run: F): F
  appTemplateTest(first: string | TemplateFunction, second?: TemplateFunction): TemplateFunction {
    const [name, run] = namedFunction(first, second)
    this.recordOnce((state) => state.app.templateTest(name, run))
    return run
  }

  /** As `templateGlobal` of the application. */
  appTemplateGlobal<F extends TemplateFunction>(run: F): F
  appTemplateGlobal<F extends TemplateFunction>(name: string, run: F): F
  appTemplateGlobal(first: string | TemplateFunction, second?: TemplateFunction): TemplateFunction {
    const [name, run] = namedFunction(first, second)
    this.recordOnce((state) => state.app.templateGlobal(name, run))
    return run
  }
}

function nestedOptions(
  state: BlueprintSetupState,
  blueprint: NestableBlueprint,
  options: BlueprintOptions,
): BlueprintOptions {
  const ownSubdomain = options.subdomain ?? blueprint.subdomain ?? undefined
  const ownPrefix = options.urlPrefix ?? blueprint.urlPrefix ?? undefined
  const subdomains = [ownSubdomain, state.subdomain ?? undefined].filter((part) => part !== undefined)
  let urlPrefix = ownPrefix ?? state.urlPrefix ?? undefined
  if (ownPrefix !== undefined && state.urlPrefix !== null) {
    urlPrefix = `${state.urlPrefix.replace(/\/+$/, '')}/${ownPrefix.replace(/^\/+/, '')}`
  }
  return { ...options, urlPrefix, subdomain: subdomains.length > 0 ? subdomains.join('.') : undefined }
}
