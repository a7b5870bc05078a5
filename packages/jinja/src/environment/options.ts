import type { Extension, ExtensionClass } from '../extensions/extension.ts'
import type { BaseLoader } from '../loaders/loader.ts'
import type { SyntaxOptions } from '../options.ts'
import type { UndefinedClass } from '../undefined/undefined.ts'

/** How an environment is made; everything may be left out. */
export interface EnvironmentOptions extends Partial<SyntaxOptions> {
  /** Classes, or names of Jinja's own: `do`, `loopcontrols`, `i18n`, `debug`. */
  extensions?: readonly (ExtensionClass | string)[]
  /** Whether constant expressions are computed while compiling. */
  optimized?: boolean
  /** The class of undefined values. */
  undefined?: UndefinedClass
  /** Changes every value before it is printed; may ask for the context (`passContext`). */
  finalize?: ((...args: never[]) => unknown) | null
  /** Whether output is escaped: for all templates, or by their name. */
  autoescape?: boolean | ((name: string | null) => boolean)
  loader?: BaseLoader | null
  /** How many templates are kept; negative for all, 0 for none. */
  cacheSize?: number
  /** Whether a kept template is compiled anew after its source has changed. */
  autoReload?: boolean
  /** Whether templates wait for promises and go over asynchronous iterables. */
  enableAsync?: boolean
  /** A second name under which attributes of objects of the host are looked for, such as `camelCase`. */
  alternateName?: ((name: string) => string | null) | null
}

/** The extensions of an environment by their identifiers, those that come first in front. */
export function sortedExtensions(extensions: ReadonlyMap<string, Extension>): Extension[] {
  return [...extensions.values()].sort((a, b) => a.priority - b.priority)
}
