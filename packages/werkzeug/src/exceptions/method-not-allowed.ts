import {
  type EnvironSource,
  HTTPException,
  type HTTPExceptionOptions,
  readArguments,
} from './http-exception.ts'

/** What a 405 takes. */
export interface MethodNotAllowedOptions extends HTTPExceptionOptions {
  /** The methods for the `Allow` field. */
  readonly validMethods?: Iterable<string> | null | undefined
}

/** 405: the resource does not take this method. */
export class MethodNotAllowed extends HTTPException {
  static override readonly code: number = 405
  static override readonly description: string = 'The method is not allowed for the requested URL.'
  static override readonly positional = ['validMethods']
  static override readonly knownOptions = ['description', 'response', 'validMethods']

  /** The methods that the resource takes; empty where they are not told. */
  readonly validMethods: readonly string[]

  /**
   * @param validMethods - The methods for the `Allow` field, or the options.
   */
  constructor(
    validMethods?: Iterable<string> | MethodNotAllowedOptions | null,
    options?: MethodNotAllowedOptions,
  ) {
    const given: MethodNotAllowedOptions = readArguments(new.target, [validMethods], options)
    super(given)
    this.validMethods = [...(given.validMethods ?? [])]
  }

  override getHeaders(environ?: EnvironSource): [name: string, value: string][] {
    const headers = super.getHeaders(environ)
    if (this.validMethods.length > 0) headers.push(['Allow', this.validMethods.join(', ')])
    return headers
  }
}
