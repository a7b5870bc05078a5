import { SetupValueError } from '../errors.ts'

/** Values by variable name, for a rule. */
export type UrlValues = Record<string, unknown>

/** A view as the framework calls it. */
export type AnyView = (params: UrlValues) => unknown

/** What a view may say about itself, as class-based views do. */
export interface ViewFacts {
  readonly methods?: readonly string[] | undefined
  readonly requiredMethods?: readonly string[] | undefined
  readonly provideAutomaticOptions?: boolean | undefined
}

/**
 * Names views that no endpoint was given for: by the function's name, and an anonymous one by its rule.
 *
 * Where two anonymous views share a rule, the later ones put their methods before it: `POST /todos`.
 */
export class EndpointNames {
  readonly #anonymous = new Map<string, AnyView>()

  nameOf(rule: string, methods: readonly string[] | undefined, view: AnyView | undefined): string {
    if (view === undefined) {
      throw new SetupValueError(`The rule '${rule}' has neither endpoint nor view. Give it one of them.`)
    }
    if (view.name !== '') return view.name
    const first = this.#anonymous.get(rule)
    if (first === undefined) this.#anonymous.set(rule, view)
    if (first === undefined || first === view) return rule
    return `${(methods ?? ['GET']).map((method) => method.toUpperCase()).join(',')} ${rule}`
  }
}
