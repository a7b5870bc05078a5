import { BadRequest } from './client-errors.ts'
import { type HTTPExceptionOptions, readArguments } from './http-exception.ts'

/** What a missing key takes. */
export interface BadRequestKeyOptions extends HTTPExceptionOptions {
  /** The missing key. */
  readonly key?: string | undefined
}

/**
 * 400: a key that the client had to send is missing. `request.form.getItem('name')` throws it.
 */
export class BadRequestKeyError extends BadRequest {
  static override readonly positional: readonly string[] = ['key']
  static override readonly knownOptions: readonly string[] = ['description', 'response', 'key']

  /** The missing key, or `undefined` where it is not told. */
  readonly key: string | undefined
  /** Whether the page names the key: for debugging only. */
  showException = false

  /**
   * @param key - The missing key, or the options.
   * @param options - Description and response as for every HTTP exception.
   */
  constructor(key?: string | BadRequestKeyOptions, options?: BadRequestKeyOptions) {
    const given: BadRequestKeyOptions = readArguments(new.target, [key], options)
    super(given)
    this.key = given.key
    let description = this.description
    // An own accessor, because a class may not turn its base's field into one.
    Object.defineProperty(this, 'description', {
      configurable: true,
      enumerable: true,
      get: () => (this.showException ? `${description}\nKeyError: ${quoted(this.key)}` : description),
      set: (text: string | null) => {
        description = text
      },
    })
  }
}

/** The key in Python's quotes, since the page is the one that Flask shows. */
function quoted(key: string | undefined): string {
  if (key === undefined) return ''
  const text = key
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
  return text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll("'", "\\'")}'`
}
