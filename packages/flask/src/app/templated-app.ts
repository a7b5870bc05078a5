import type { EnvironmentOptions } from '@flask-ts/jinja'
import { requireContext } from '../context/require.ts'
import { namedFunction, type TemplateFunction } from '../scaffold/template-names.ts'
import type { UrlValues } from '../scaffold/view-endpoint.ts'
import { addFlaskGlobals, Environment, selectJinjaAutoescape } from '../templating/environment.ts'
import { DispatchingJinjaLoader, type TemplateOwner } from '../templating/loader.ts'
import { templateValues } from '../templating/render.ts'
import { BaseApp } from './base-app.ts'
import {
  injectUrlDefaults,
  type UrlForArguments,
  type UrlForExtras,
  type UrlForHost,
  urlFor,
} from './url-for.ts'

/** An application with its templates. */
export abstract class TemplatedApp extends BaseApp {
  /** What the template environment is made with. */
  jinjaOptions: EnvironmentOptions = {}
  #environment: Environment | undefined

  abstract readonly json: { dumps(value: unknown, options?: object): string }

  /** The template environment, made on first use from `jinjaOptions` and the configuration. */
  get jinjaEnv(): Environment {
    this.#environment ??= this.createJinjaEnvironment()
    return this.#environment
  }

  override get debug(): boolean {
    return super.debug
  }

  override set debug(value: boolean) {
    super.debug = value
    if (this.config.TEMPLATES_AUTO_RELOAD === null && this.#environment !== undefined) {
      this.#environment.autoReload = value
    }
  }

  /** Makes the template environment. Override it for another class. */
  protected createJinjaEnvironment(): Environment {
    const environment = new Environment({
      loader: new DispatchingJinjaLoader({
        config: this.config,
        templateOwners: () => [this, ...(this.blueprints.values() as Iterable<TemplateOwner>)],
        explain: (text) => this.logger.info(text),
      }),
      autoescape: (name) => this.selectJinjaAutoescape(name),
      autoReload: this.config.TEMPLATES_AUTO_RELOAD ?? this.debug,
      ...this.jinjaOptions,
    })
    addFlaskGlobals(environment, {
      config: this.config,
      json: { dumps: (value, options) => this.json.dumps(value, options) },
      urlFor: (endpoint, values) => urlFor(this.urlForHost, endpoint, values),
    })
    return environment
  }

  /** Whether the output of a template is escaped, by its name; `null` for one without. Override it to choose otherwise. */
  selectJinjaAutoescape(name: string | null): boolean {
    return selectJinjaAutoescape(name)
  }

  /** What building URLs needs. */
  protected abstract get urlForHost(): UrlForHost

  /**
   * Builds the URL of an endpoint: `app.urlFor('user', { id: 7 })`.
   *
   * Values that the rule does not know become the query; `_anchor`, `_method`, `_scheme` and `_external` have their
   * own meanings. In a request the URL is relative to the host unless told otherwise.
   *
   * @throws BuildError - if no rule of the endpoint fits.
   * @see https://flask.palletsprojects.com/api/#flask.Flask.url_for
   */
  urlFor<const E extends string>(endpoint: E, ...[values]: UrlForArguments<E>): string {
    return urlFor(this.urlForHost, endpoint, values as UrlForExtras)
  }

  /** Makes a function a filter of templates: under the function's name, or under a name given before it. */
  templateFilter<F extends TemplateFunction>(run: F): F
  templateFilter<F extends TemplateFunction>(name: string, run: F): F
  templateFilter(first: string | TemplateFunction, second?: TemplateFunction): TemplateFunction {
    this.checkSetup('templateFilter')
    const [name, run] = namedFunction(first, second)
    this.jinjaEnv.filters[name] = run
    return run
  }

  /** Makes a function a test of templates: under the function's name, or under a name given before it. */
  templateTest<F extends TemplateFunction>(run: F): F
  templateTest<F extends TemplateFunction>(name: string, run: F): F
  templateTest(first: string | TemplateFunction, second?: TemplateFunction): TemplateFunction {
    this.checkSetup('templateTest')
    const [name, run] = namedFunction(first, second)
    this.jinjaEnv.tests[name] = run
    return run
  }

  /** Makes a function a global of templates: under the function's name, or under a name given before it. */
  templateGlobal<F extends TemplateFunction>(run: F): F
  templateGlobal<F extends TemplateFunction>(name: string, run: F): F
  templateGlobal(first: string | TemplateFunction, second?: TemplateFunction): TemplateFunction {
    this.checkSetup('templateGlobal')
    const [name, run] = namedFunction(first, second)
    this.jinjaEnv.globals[name] = run
    return run
  }

  /** As `templateFilter`, with the name last and optional. */
  addTemplateFilter(run: TemplateFunction, name?: string): void {
    this.templateFilter(name ?? run.name, run)
  }

  /** As `templateTest`, with the name last and optional. */
  addTemplateTest(run: TemplateFunction, name?: string): void {
    this.templateTest(name ?? run.name, run)
  }

  /** As `templateGlobal`, with the name last and optional. */
  addTemplateGlobal(run: TemplateFunction, name?: string): void {
    this.templateGlobal(name ?? run.name, run)
  }

  /** Adds to a template's values those of the current context and of the processors; what is there stays. */
  updateTemplateContext(values: Record<string, unknown>): void {
    Object.assign(values, templateValues(this, requireContext(), { ...values }))
  }

  /** Has the functions of `urlDefaults` fill in values for an endpoint. */
  injectUrlDefaults(endpoint: string, values: UrlValues): void {
    injectUrlDefaults(this.urlForHost, endpoint, values)
  }
}
