import { SetupValueError } from '../errors.ts'
import type { AnyView, UrlValues, ViewFacts } from '../scaffold/view-endpoint.ts'

/** Wraps a view in another. */
export type ViewDecorator = (view: AnyView) => AnyView

/** A view made of a class. */
export interface ClassView extends AnyView, ViewFacts {
  readonly viewClass: ViewClass
}

/** What a class of views offers to `asView`. */
export interface ViewClass<A extends readonly unknown[] = never[]> extends ViewFacts {
  new (...args: A): { dispatchRequest(params: UrlValues): unknown }
  readonly decorators: readonly ViewDecorator[]
  readonly initEveryRequest: boolean
}

/**
 * A class whose instances answer requests: `app.addUrlRule('/about', { viewFunc: About.asView('about') })`.
 *
 * @see https://flask.palletsprojects.com/views/
 */
export abstract class View {
  /** The methods that its rules take unless they say otherwise. */
  static methods: readonly string[] | undefined = undefined
  /** Whether `OPTIONS` is answered without it. */
  static provideAutomaticOptions: boolean | undefined = undefined
  /** Functions around the view; the last one is the outermost. */
  static decorators: readonly ViewDecorator[] = []
  /** Whether each request gets an instance of its own. */
  static initEveryRequest = true

  /** Answers a request, with the values of the rule's variables. */
  abstract dispatchRequest(params: never): unknown

  /**
   * Makes a view function.
   *
   * @param name - Its endpoint.
   * @param args - What the constructor gets.
   */
  static asView<A extends readonly unknown[]>(this: ViewClass<A>, name: string, ...args: A): ClassView {
    // biome-ignore lint/complexity/noThisInStatic: the subclass that it is called on counts
    return makeView(this, name, args)
  }
}

function makeView<A extends readonly unknown[]>(type: ViewClass<A>, name: string, args: A): ClassView {
  if (name === '') throw new SetupValueError(`A view of ${type.name} has no name. Give asView() one.`)
  const shared = type.initEveryRequest ? undefined : new type(...args)
  let view: AnyView = (params) => (shared ?? new type(...args)).dispatchRequest(params)
  for (const decorate of type.decorators) view = decorate(view)
  // Decorators may give back a shared function, so the facts go onto one of our own.
  const named: AnyView = (params) => view(params)
  Object.defineProperty(named, 'name', { value: name })
  const { methods, provideAutomaticOptions } = type
  return Object.assign(named, { viewClass: type, methods, provideAutomaticOptions }) as unknown as ClassView
}
