import type { UrlValues } from './view-endpoint.ts'

/** Where a rule redirects to: a rule of the same variables, or a function that gives the URL. */
export type RedirectTarget = string | ((adapter: object, values: UrlValues) => string)

/**
 * What a rule is given beside its text and its view.
 *
 * @see https://flask.palletsprojects.com/api/#url-route-registrations
 */
export interface RouteOptions<Defaults extends object = object> {
  /** The HTTP methods, in any case; `GET` alone unless given. `HEAD` comes with `GET`. */
  readonly methods?: readonly string[] | undefined
  /** The name for `urlFor`; the view's name unless given. */
  readonly endpoint?: string | undefined
  /** Values of variables that are not in the rule. */
  readonly defaults?: Defaults | undefined
  readonly subdomain?: string | undefined
  readonly host?: string | undefined
  readonly strictSlashes?: boolean | undefined
  readonly mergeSlashes?: boolean | undefined
  readonly redirectTo?: RedirectTarget | undefined
  /** The rule serves `urlFor` only. */
  readonly buildOnly?: boolean | undefined
  readonly alias?: boolean | undefined
  readonly websocket?: boolean | undefined
  /** Answers `OPTIONS` without the view; by default where `OPTIONS` is not among the methods. */
  readonly provideAutomaticOptions?: boolean | undefined
  /** The body stays unread for the view to stream: `request.stream`. */
  readonly stream?: boolean | undefined
}

/** `RouteOptions` of the shortcuts, which name the method themselves. */
export type ShortcutOptions<Defaults extends object = object> = Omit<RouteOptions<Defaults>, 'methods'>
