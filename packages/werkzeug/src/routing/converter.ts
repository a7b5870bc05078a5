import { pythonStr } from './python-text.ts'
import { quotePath } from './quoting.ts'

/** Thrown by a converter for a value it does not take: a match ends as not found, a build goes on to the next rule. */
export class ValidationError extends Error {
  override name = 'ValidationError'
}

/** What a converter sees of the map that made it. */
export interface ConverterHost {
  /** The map's converters by the name that rules use. */
  readonly converters: Readonly<Record<string, ConverterClass>>
}

/** Arguments by keyword, under the names that stand in the rule's text. */
export type ConverterOptions = Readonly<Record<string, unknown>>

/** A class that a map can make converters from. */
export type ConverterClass = new (
  map: ConverterHost,
  args: readonly unknown[],
  kwargs: ConverterOptions,
) => BaseConverter

type ConverterStatics = typeof BaseConverter

/** The nearest class that says something decides; a regex of its own that can match a slash says no. */
function isPartIsolating(start: ConverterStatics): boolean {
  for (let type: ConverterStatics = start; type !== BaseConverter; type = Object.getPrototypeOf(type)) {
    if (Object.hasOwn(type, 'partIsolating')) return type.partIsolating
    if (Object.hasOwn(type, 'regex')) return !type.regex.includes('/')
  }
  return BaseConverter.partIsolating
}

/**
 * The base of all converters: between a variable part of a URL and the value that views see.
 *
 * A subclass says what it matches (`static regex`, or `this.regex` in its constructor) and overrides `toPython`,
 * `toUrl`, or both.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/routing/#custom-converters
 */
export class BaseConverter {
  /** What the converter matches, as the source of a regular expression (with flag `u`). */
  static readonly regex: string = '[^/]+'
  /** Rules with lower weights are tried first. */
  static readonly weight: number = 100
  /**
   * Whether a value never has a slash. False lets the converter see all the rest of the path. A class with a `regex` of
   * its own that names a slash is taken as `false` unless it says otherwise.
   */
  static readonly partIsolating: boolean = true

  /** The map that the rule belongs to. */
  readonly map: ConverterHost
  regex: string
  weight: number
  partIsolating: boolean

  /**
   * @param map - The map that the rule belongs to.
   * @param _args - Arguments by position, from the rule's text.
   * @param _kwargs - Arguments by keyword, from the rule's text.
   */
  constructor(map: ConverterHost, _args: readonly unknown[] = [], _kwargs: ConverterOptions = {}) {
    this.map = map
    this.regex = new.target.regex
    this.weight = new.target.weight
    this.partIsolating = isPartIsolating(new.target)
  }

  /**
   * The value that the view gets.
   *
   * @param value - The matched text, percent-decoded.
   * @throws ValidationError if the text is no value after all; the URL is then not found.
   */
  toPython(value: string): unknown {
    return value
  }

  /**
   * The text that stands for a value in a URL.
   *
   * @returns Percent-encoded text.
   * @throws ValidationError to have the next rule of the endpoint tried.
   */
  toUrl(value: unknown): string {
    return quotePath(pythonStr(value))
  }
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/**
 * Gives a converter's arguments their names, as a call in Python would.
 *
 * @param kind - The converter's name, for messages.
 * @param names - The names in the order of positions, in snake_case. Rules may also write them in camelCase.
 * @throws TypeError for too many arguments, unknown names, and arguments given twice.
 */
export function bindArguments(
  kind: string,
  names: readonly string[],
  args: readonly unknown[],
  kwargs: ConverterOptions,
): Record<string, unknown> {
  if (args.length > names.length) {
    throw new TypeError(`the converter '${kind}' takes at most ${names.length} arguments, not ${args.length}`)
  }
  const bound: Record<string, unknown> = {}
  args.forEach((value, at) => {
    bound[names[at] as string] = value
  })
  for (const [given, value] of Object.entries(kwargs)) {
    const name = snakeCase(given)
    if (!names.includes(name)) {
      throw new TypeError(`the converter '${kind}' has no argument '${given}': it knows ${names.join(', ')}`)
    }
    if (Object.hasOwn(bound, name)) throw new TypeError(`the converter '${kind}' got '${given}' twice`)
    bound[name] = value
  }
  return bound
}
