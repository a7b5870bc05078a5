import { escape } from '@flask-ts/markupsafe'
import type { Environ } from '@flask-ts/wsgi'
import { BaseResponse } from '../message/base-response.ts'
import { reasonPhrase } from '../message/reason-phrases.ts'

/** An environ, or a request that holds one. */
export type EnvironSource = Environ | { readonly environ: Environ }

/** What every HTTP exception takes. */
export interface HTTPExceptionOptions {
  /** The text of the error page in place of the class's own. */
  readonly description?: string | undefined
  /** The response to answer with, in place of the error page. */
  readonly response?: BaseResponse | undefined
}

type ExceptionClass = typeof HTTPException

/**
 * The base of all HTTP errors: thrown in a view, it becomes the answer.
 *
 * A class of one's own sets `static code` and `static description`.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/exceptions/
 */
export class HTTPException extends Error {
  /** The status code of the class; `null` for a base class. */
  static readonly code: number | null = null
  /** The text of the class's error page. */
  static readonly description: string | null = null
  /** The option that a first argument stands for where it is not an object of options. */
  static readonly positional: readonly string[] = ['description']
  /** The options that the constructor knows. */
  static readonly knownOptions: readonly string[] = ['description', 'response']

  /** The status code, which may be changed on one exception. */
  code: number | null
  /** The text of the error page. */
  description: string | null
  /** Answered in place of the error page, if there. */
  response: BaseResponse | undefined

  /**
   * @param description - Text of the error page, or the options.
   * @param options - See {@link HTTPExceptionOptions}.
   * @throws TypeError For an option that the class does not know.
   */
  constructor(description?: string | HTTPExceptionOptions, options?: HTTPExceptionOptions) {
    const given: HTTPExceptionOptions = readArguments(new.target, [description], options)
    super(undefined, undefined)
    this.code = new.target.code
    this.description = given.description ?? new.target.description
    this.response = given.response
  }

  /** The reason phrase of the code. */
  override get name(): string {
    // The stack is written while the fields are still missing; the class knows the code then.
    const code = this.code ?? (this.constructor as ExceptionClass).code
    return (code === null ? undefined : reasonPhrase(code)) ?? 'Unknown'
  }

  /** The same as `description`. */
  override get message(): string {
    return this.description ?? (this.constructor as ExceptionClass).description ?? ''
  }

  /** The description as HTML: escaped, in a paragraph, with line breaks. */
  getDescription(_environ?: EnvironSource): string {
    const text = escape(this.description ?? '').toString()
    return `<p>${text.replaceAll('\n', '<br>')}</p>`
  }

  /** The HTML page. */
  getBody(environ?: EnvironSource): string {
    const name = escape(this.name).toString()
    return (
      '<!doctype html>\n<html lang=en>\n' +
      `<title>${this.code ?? 'None'} ${name}</title>\n<h1>${name}</h1>\n${this.getDescription(environ)}\n`
    )
  }

  /** The header fields of the error page. */
  getHeaders(_environ?: EnvironSource): [name: string, value: string][] {
    return [['Content-Type', 'text/html; charset=utf-8']]
  }

  /**
   * The answer: the response given at construction, or the error page.
   *
   * @param environ - The environ or request, for classes whose page depends on it.
   */
  getResponse(environ?: EnvironSource): BaseResponse {
    if (this.response !== undefined) return this.response
    return new BaseResponse(this.getBody(environ), {
      status: this.code,
      headers: this.getHeaders(environ),
    })
  }

  /** `404 Not Found: The requested URL was not found ...` */
  override toString(): string {
    return `${this.code ?? '???'} ${this.name}: ${this.description ?? 'None'}`
  }

  /** `<NotFound '404: Not Found'>` */
  repr(): string {
    return `<${this.constructor.name} '${this.code ?? '???'}: ${this.name}'>`
  }
}

/**
 * Makes one object of options from what a constructor was given: positional values first, then an object, or an object
 * in place of the first value.
 *
 * @throws TypeError For an option that the class does not know.
 */
export function readArguments(
  type: {
    readonly name: string
    readonly positional: readonly string[]
    readonly knownOptions: readonly string[]
  },
  values: readonly unknown[],
  options: object | undefined,
): Record<string, unknown> {
  const given: Record<string, unknown> = {}
  // Most errors are made of nothing, by the router.
  if (options === undefined && values.length === 1 && values[0] === undefined) return given
  for (const [index, value] of values.entries()) {
    if (value === undefined || value === null) continue
    if (isOptions(value)) Object.assign(given, value)
    else given[type.positional[index]!] = value
  }
  if (options !== undefined) Object.assign(given, options)
  for (const key of Object.keys(given)) {
    if (type.knownOptions.includes(key)) continue
    throw new TypeError(`${type.name}: unknown option '${key}'; it takes ${type.knownOptions.join(', ')}`)
  }
  return given
}

/** A plain object, and not a text, list or markup that stands for a value. */
function isOptions(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
