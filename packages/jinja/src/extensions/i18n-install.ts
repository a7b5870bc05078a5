import { Markup } from '@flask-ts/markupsafe'
import { mod } from '../python/arithmetic.ts'
import { type Callable, Kwargs } from '../python/call.ts'
import { defineFunction, passContext } from '../python/signature.ts'

/** The functions of a catalogue of translations. */
export interface Translations {
  gettext(message: string): unknown
  ngettext(singular: string, plural: string, n: number): unknown
  pgettext?(context: string, message: string): unknown
  npgettext?(context: string, singular: string, plural: string, n: number): unknown
}

/** An environment with the i18n extension. */
export interface TranslatedEnvironment {
  readonly globals: Record<string, unknown>
  /** Whether the functions substitute their named arguments themselves. */
  newstyleGettext?: boolean
}

interface GettextContext {
  readonly evalCtx: { readonly autoescape: boolean }
  call(fn: unknown, ...args: unknown[]): unknown
  get(name: string): unknown
}

type Values = Record<string, unknown>

/** Puts the values into a translation, which is always a format string, even without values. */
function substitute(context: GettextContext, text: unknown, values: Values): unknown {
  return mod(context.evalCtx.autoescape ? new Markup(text) : text, values)
}

function newGettext(fn: unknown): Callable {
  return passContext(
    defineFunction(
      'gettext(string, /, **variables)',
      (context: GettextContext, text: unknown, values: Values) =>
        substitute(context, context.call(fn, text), values),
      1,
    ),
  )
}

function newNgettext(fn: unknown): Callable {
  return passContext(
    defineFunction(
      'ngettext(singular, plural, num, /, **variables)',
      (context: GettextContext, singular: unknown, plural: unknown, num: unknown, values: Values) =>
        substitute(context, context.call(fn, singular, plural, num), { num, ...values }),
      1,
    ),
  )
}

function newPgettext(fn: unknown): Callable {
  return passContext(
    defineFunction(
      'pgettext(context, string, /, **variables)',
      (context: GettextContext, kind: unknown, text: unknown, values: Values) =>
        substitute(context, context.call(fn, kind, text), { context: kind, ...values }),
      1,
    ),
  )
}

function newNpgettext(fn: unknown): Callable {
  return passContext(
    defineFunction(
      'npgettext(context, singular, plural, num, /, **variables)',
      (
        context: GettextContext,
        kind: unknown,
        singular: unknown,
        plural: unknown,
        num: unknown,
        values: Values,
      ) =>
        substitute(context, context.call(fn, kind, singular, plural, num), { context: kind, num, ...values }),
      1,
    ),
  )
}

const names = ['gettext', 'ngettext', 'pgettext', 'npgettext'] as const
const newStyle = {
  gettext: newGettext,
  ngettext: newNgettext,
  pgettext: newPgettext,
  npgettext: newNpgettext,
}

/** The function `_`: another name of `gettext`. */
export const gettextAlias: Callable = passContext(
  defineFunction(
    '_(*args, **kwargs)',
    (context: GettextContext, args: unknown[], kwargs: Values) => {
      const named = Object.keys(kwargs).length === 0 ? [] : [new Kwargs(kwargs)]
      return context.call(context.get('gettext'), ...args, ...named)
    },
    1,
  ),
)

/**
 * Makes a catalogue's functions available to the templates of an environment.
 *
 * @param newstyle Whether they substitute their named arguments themselves, as `gettext('Hello %(x)s', x=1)`.
 */
export function installGettextTranslations(
  environment: TranslatedEnvironment,
  translations: Translations,
  newstyle?: boolean,
): void {
  if (newstyle !== undefined) environment.newstyleGettext = newstyle
  for (const name of names) {
    const fn = translations[name]
    if (fn === undefined) continue
    const bound = fn.bind(translations) as Callable
    environment.globals[name] = environment.newstyleGettext === true ? newStyle[name](bound) : bound
  }
}

/** Makes functions available that translate nothing. */
export function installNullTranslations(environment: TranslatedEnvironment, newstyle?: boolean): void {
  const plural = (one: string, many: string, n: number): string => (n === 1 ? one : many)
  const none: Translations = {
    gettext: (message) => message,
    ngettext: plural,
    pgettext: (_context, message) => message,
    npgettext: (_context, one, many, n) => plural(one, many, n),
  }
  installGettextTranslations(environment, none, newstyle)
}

/** Takes the functions of a catalogue away. */
export function uninstallGettextTranslations(environment: TranslatedEnvironment): void {
  for (const name of names) delete environment.globals[name]
}
