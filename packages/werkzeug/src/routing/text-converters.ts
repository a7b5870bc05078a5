import { BaseConverter, bindArguments, type ConverterHost, type ConverterOptions } from './converter.ts'
import { pythonIntText, pythonRepr, pythonStr } from './python-text.ts'

/**
 * Text without a slash; the default converter: `<name>`, `<string(length=2):code>`.
 *
 * Arguments: `minlength` (at least 1), `maxlength`, `length`, in characters.
 */
export class UnicodeConverter extends BaseConverter {
  constructor(map: ConverterHost, args: readonly unknown[] = [], kwargs: ConverterOptions = {}) {
    super(map)
    const given = bindArguments('string', ['minlength', 'maxlength', 'length'], args, kwargs)
    const { minlength = 1, maxlength = null, length = null } = given
    if (length !== null) this.regex = `[^/]{${pythonIntText(length)}}`
    else
      this.regex = `[^/]{${pythonIntText(minlength)},${maxlength === null ? '' : pythonIntText(maxlength)}}`
  }
}

/** Thrown when a URL is built with a value that an `any` converter does not list. */
export class UnlistedValueError extends TypeError {
  override name = 'UnlistedValueError'
  constructor(value: unknown, items: Iterable<string>) {
    const valid = [...items].sort().map((item) => `'${item}'`)
    super(`'${pythonStr(value)}' is not one of ${valid.join(', ')}`)
  }
}

const REGEX_SYNTAX = /[\\^$.*+?()[\]{}|/]/g

/** Writes text as the source of a regular expression that matches just this text. */
export function escapeRegex(text: string): string {
  return text.replace(REGEX_SYNTAX, '\\$&')
}

/** One of the given words: `<any(about, help, "foo,bar"):page>`. */
export class AnyConverter extends BaseConverter {
  readonly items: ReadonlySet<string>

  constructor(map: ConverterHost, args: readonly unknown[] = [], kwargs: ConverterOptions = {}) {
    super(map)
    const names = Object.keys(kwargs)
    if (names.length > 0)
      throw new TypeError(`the converter 'any' takes no argument '${names[0]}': give words`)
    const items = args.map((item) => {
      if (typeof item === 'string') return item
      throw new TypeError(`the converter 'any' takes words, not ${pythonRepr(item)}: put it in quotes`)
    })
    this.items = new Set(items)
    this.regex = `(?:${items.map(escapeRegex).join('|')})`
  }

  override toUrl(value: unknown): string {
    if (typeof value === 'string' && this.items.has(value)) return value
    throw new UnlistedValueError(value, this.items)
  }
}

/** Text that may have slashes, but does not begin with one: `<path:page>`. */
export class PathConverter extends BaseConverter {
  static override readonly regex: string = '[^/][^\\n]*?'
  static override readonly weight: number = 200
  static override readonly partIsolating: boolean = false
}

/** A UUID, given to views in lower case: `<uuid:identifier>`. */
export class UUIDConverter extends BaseConverter {
  static override readonly regex: string =
    '[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}'

  override toPython(value: string): unknown {
    return value.toLowerCase()
  }

  override toUrl(value: unknown): string {
    return pythonStr(value)
  }
}
