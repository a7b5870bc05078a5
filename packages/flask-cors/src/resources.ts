import {
  CorsConfigError,
  type CorsOptions,
  mergeOptions,
  type ResolvedOptions,
  resolveOptions,
} from './options.ts'
import { expandWildcard, isPattern, type Matcher, matcher, type Pattern, patternText } from './pattern.ts'

/**
 * The paths that get the headers: a pattern, several, or a mapping of patterns to options of their own.
 */
export type Resources =
  | Pattern
  | Iterable<Pattern>
  | Iterable<readonly [Pattern, CorsOptions]>
  | Readonly<Record<string, CorsOptions>>

/** One resource: which paths it is about, and what holds for them. */
export interface Resource {
  readonly pattern: Pattern
  readonly matches: Matcher
  readonly options: ResolvedOptions
}

/** Options of an application: those of every resource, and the resources. */
export interface AppCorsOptions extends CorsOptions {
  /** Default all paths. */
  readonly resources?: Resources | undefined
}

type Entry = readonly [pattern: Pattern, options: CorsOptions]

/**
 * The resources of an application in the order in which they are tried.
 *
 * @throws {CorsConfigError} If `resources` is none of the shapes that it may have, or options contradict.
 */
export function parseResources(options: AppCorsOptions): Resource[] {
  const { resources = '/*', ...common } = options
  resolveOptions(common)
  return entriesOf(resources).map(([pattern, own]) => ({
    pattern,
    matches: matcher(pattern, false),
    options: resolveOptions(mergeOptions(common, own)),
  }))
}

function entriesOf(resources: unknown): Entry[] {
  if (typeof resources === 'string' || resources instanceof RegExp) return [[expandWildcard(resources), {}]]
  if (resources instanceof Map) return bySpecificity([...resources])
  if (typeof resources === 'object' && resources !== null) {
    if (!(Symbol.iterator in resources))
      return bySpecificity(Object.entries(resources as Record<string, CorsOptions>))
    const members = [...(resources as Iterable<unknown>)]
    if (members.every((member) => Array.isArray(member)) && members.length > 0)
      return bySpecificity(members as unknown as Entry[])
    return members.map((member) => [expandWildcard(checkPattern(member)), {}])
  }
  throw new CorsConfigError(
    `resources must be a path pattern, a list of them or a mapping of patterns to options, not ${String(resources)}`,
  )
}

function checkPattern(member: unknown): Pattern {
  if (typeof member === 'string' || member instanceof RegExp) return member
  throw new CorsConfigError(`A resource must be text or a RegExp, not ${String(member)}`)
}

/** Plain paths first, then compiled patterns, then text patterns; deeper and longer ones before others. */
function bySpecificity(entries: readonly Entry[]): Entry[] {
  return entries
    .map(([pattern, options]): Entry => [expandWildcard(checkPattern(pattern)), options])
    .sort(([a], [b]) => {
      const [x, y] = [rank(a), rank(b)]
      return x.kind - y.kind || y.slashes - x.slashes || y.length - x.length
    })
}

function rank(pattern: Pattern): { kind: number; slashes: number; length: number } {
  const text = patternText(pattern)
  const kind = pattern instanceof RegExp ? 1 : isPattern(pattern) ? 2 : 0
  return { kind, slashes: text.split('/').length - 1, length: [...text].length }
}
