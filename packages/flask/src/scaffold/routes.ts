import type { RuleParams } from '@flask-ts/werkzeug/routing'
import { SetupValueError } from '../errors.ts'
import type { Converters } from '../routing/converters.ts'
import type { View } from '../view-types.ts'
import type { RouteOptions, ShortcutOptions } from './route-options.ts'
import type { AnyView } from './view-endpoint.ts'

/** The values that a view gets: those of its rule and of the prefix of its blueprint. */
export type ViewParams<Prefix extends string, Rule extends string> = Prefix extends ''
  ? RuleParams<Rule, Converters>
  : RuleParams<`${Prefix}${Rule}`, Converters>

/** A view of a rule, with what its defaults add. */
export type RuleView<Prefix extends string, Rule extends string, Defaults = unknown> = View<
  ViewParams<Prefix, Rule> & Defaults
>

/** `addUrlRule` in one object. */
export interface UrlRuleOptions extends RouteOptions {
  readonly viewFunc?: AnyView | undefined
}

/**
 * The ways to register a view; they return it, so that they can be stacked like decorators:
 * `app.route('/', app.route('/home', home))`.
 */
export abstract class Routes<Prefix extends string = ''> {
  /** Registers a rule; everything else comes down to this. */
  protected abstract registerRule(
    rule: string,
    endpoint: string | undefined,
    view: AnyView | undefined,
    options: RouteOptions,
  ): void

  /**
   * Registers a view for a rule: `app.route('/users/<int:id>', function user({ id }) { ... })`.
   *
   * @param rule - Path with variables in angle brackets; they are typed in the view's parameter.
   * @param options - Methods and the like.
   * @throws DuplicateEndpointError - if another view has the endpoint.
   * @throws LateSetupError - if the application already serves.
   * @see https://flask.palletsprojects.com/api/#flask.Flask.route
   */
  route<const R extends string>(rule: R, view: RuleView<Prefix, R>): RuleView<Prefix, R>
  route<const R extends string, D extends object = object>(
    rule: R,
    options: RouteOptions<D>,
    view: RuleView<Prefix, R, D>,
  ): RuleView<Prefix, R, D>
  route(rule: string, first: RouteOptions | View<never>, second?: View<never>): View<never> {
    return this.#register(rule, undefined, first, second)
  }

  /** `route` for GET (and HEAD). */
  get<const R extends string>(rule: R, view: RuleView<Prefix, R>): RuleView<Prefix, R>
  get<const R extends string, D extends object = object>(
    rule: R,
    options: ShortcutOptions<D>,
    view: RuleView<Prefix, R, D>,
  ): RuleView<Prefix, R, D>
  get(rule: string, first: ShortcutOptions | View<never>, second?: View<never>): View<never> {
    return this.#register(rule, 'GET', first, second)
  }

  /** `route` for POST. */
  post<const R extends string>(rule: R, view: RuleView<Prefix, R>): RuleView<Prefix, R>
  post<const R extends string, D extends object = object>(
    rule: R,
    options: ShortcutOptions<D>,
    view: RuleView<Prefix, R, D>,
  ): RuleView<Prefix, R, D>
  post(rule: string, first: ShortcutOptions | View<never>, second?: View<never>): View<never> {
    return this.#register(rule, 'POST', first, second)
  }

  /** `route` for PUT. */
  put<const R extends string>(rule: R, view: RuleView<Prefix, R>): RuleView<Prefix, R>
  put<const R extends string, D extends object = object>(
    rule: R,
    options: ShortcutOptions<D>,
    view: RuleView<Prefix, R, D>,
  ): RuleView<Prefix, R, D>
  put(rule: string, first: ShortcutOptions | View<never>, second?: View<never>): View<never> {
    return this.#register(rule, 'PUT', first, second)
  }

  /** `route` for PATCH. */
  patch<const R extends string>(rule: R, view: RuleView<Prefix, R>): RuleView<Prefix, R>
  patch<const R extends string, D extends object = object>(
    rule: R,
    options: ShortcutOptions<D>,
    view: RuleView<Prefix, R, D>,
  ): RuleView<Prefix, R, D>
  patch(rule: string, first: ShortcutOptions | View<never>, second?: View<never>): View<never> {
    return this.#register(rule, 'PATCH', first, second)
  }

  /** `route` for DELETE. */
  delete<const R extends string>(rule: R, view: RuleView<Prefix, R>): RuleView<Prefix, R>
  delete<const R extends string, D extends object = object>(
    rule: R,
    options: ShortcutOptions<D>,
    view: RuleView<Prefix, R, D>,
  ): RuleView<Prefix, R, D>
  delete(rule: string, first: ShortcutOptions | View<never>, second?: View<never>): View<never> {
    return this.#register(rule, 'DELETE', first, second)
  }

  /**
   * Registers a rule, with or without its view, in one object or with Flask's positions:
   * `addUrlRule('/', 'index', index)`.
   */
  addUrlRule(rule: string, options: UrlRuleOptions): void
  addUrlRule(
    rule: string,
    endpoint?: string | null,
    viewFunc?: View<never> | null,
    options?: RouteOptions,
  ): void
  addUrlRule(
    rule: string,
    first?: UrlRuleOptions | string | null,
    viewFunc?: View<never> | null,
    options: RouteOptions = {},
  ): void {
    if (typeof first === 'object' && first !== null) {
      this.registerRule(rule, first.endpoint, first.viewFunc, first)
      return
    }
    const view = (viewFunc ?? undefined) as AnyView | undefined
    this.registerRule(rule, first ?? options.endpoint, view, options)
  }

  #register(
    rule: string,
    method: string | undefined,
    first: RouteOptions | View<never>,
    second: View<never> | undefined,
  ): View<never> {
    const view = typeof first === 'function' ? first : second
    let options: RouteOptions = typeof first === 'function' ? {} : first
    if (view === undefined) {
      throw new SetupValueError(`The rule '${rule}' has no view. Give a function after the options.`)
    }
    if (method !== undefined) {
      if (options.methods !== undefined) {
        throw new SetupValueError(
          `The rule '${rule}' is for ${method} only. Use the 'route' method to use the 'methods' option.`,
        )
      }
      options = { ...options, methods: [method] }
    }
    this.registerRule(rule, options.endpoint, view as AnyView, options)
    return view
  }
}
