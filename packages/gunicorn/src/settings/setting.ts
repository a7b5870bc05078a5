import type { Kind } from './kind.ts'

/** One setting, as data: the command line, the checks and the documentation are made of it. */
export interface Setting<T> {
  /** Flags of the command line, the usual one first; none for settings of config files only. */
  readonly flags?: readonly string[]
  readonly kind: Kind<T>
  readonly default: NoInfer<T>
  /** The default in words, where the environment has a part in it. */
  readonly defaultWords?: string
  /** What a flag without an argument sets, where it is not `true`. */
  readonly constant?: NoInfer<T>
  /** One sentence for `--help`. */
  readonly words: string
  /** The rest of its documentation. */
  readonly more?: string
}

/** A chapter of settings by their names. */
export interface Chapter {
  readonly title: string
  readonly settings: Readonly<Record<string, Setting<unknown>>>
}

/** Lets the compiler see that a table holds settings, and keeps the type of each value. */
export function setting<T>(definition: Setting<T>): Setting<T> {
  return definition
}
