/** Compiled, not run: what the compiler must accept and refuse. */
import type { Converters, RuleParams } from '@flask-ts/werkzeug/routing'

declare module '@flask-ts/werkzeug/routing' {
  interface Converters {
    list: string[]
  }
}

interface OwnConverters extends Converters {
  day: Date
}

type Equal<Left, Right> =
  (<T>() => T extends Left ? 1 : 2) extends <T>() => T extends Right ? 1 : 2 ? true : false

function holds<_Claim extends true>(): void {}

/** Types of the built-in converters. */
export function builtInConverters(): void {
  holds<Equal<RuleParams<'/users/<int:id>/<path:rest>'>, { id: number; rest: string }>>()
  holds<Equal<RuleParams<'/<name>'>, { name: string }>>()
  holds<Equal<RuleParams<'/<a>-<float:b>.<uuid:c>'>, { a: string; b: number; c: string }>>()
  holds<Equal<keyof RuleParams<'/about'>, never>>()
}

/** Arguments in parentheses change nothing, but the words of `any` are the value's type. */
export function converterArguments(): void {
  holds<
    Equal<RuleParams<'/<int(min=1, fixed_digits=3):n>/<string(length=2):code>'>, { n: number; code: string }>
  >()
  holds<Equal<RuleParams<'/<any(about, help):page>'>, { page: 'about' | 'help' }>>()
  holds<Equal<RuleParams<'/<any("a,b", \'c\', d):page>'>, { page: 'a,b' | 'c' | 'd' }>>()
}

/** Converters of the application are added to the interface; others are unknown. */
export function ownConverters(): void {
  holds<Equal<RuleParams<'/<list:tags>'>, { tags: string[] }>>()
  holds<Equal<RuleParams<'/<month:m>'>, { m: unknown }>>()
  holds<Equal<RuleParams<'/<day:d>/<list:l>', OwnConverters>, { d: Date; l: string[] }>>()
}

/** Wrong uses do not compile. */
export function refused(): void {
  const params: RuleParams<'/users/<int:id>'> = { id: 1 }
  // @ts-expect-error the value is a number
  const text: string = params.id
  // @ts-expect-error the rule has no such variable
  const missing: unknown = params.name
  // @ts-expect-error a variable is left out
  const empty: RuleParams<'/users/<int:id>'> = {}
  void [text, missing, empty]
}

/** A rule that is not known at compile time has any names. */
export function dynamicRule(rule: string): unknown {
  const params: RuleParams<typeof rule> = {}
  return params.anything
}
