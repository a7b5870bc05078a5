import {
  type EnvironSource,
  HTTPException,
  type HTTPExceptionOptions,
  readArguments,
} from './http-exception.ts'

/** What a 416 takes. */
export interface RangeNotSatisfiableOptions extends HTTPExceptionOptions {
  /** Size of the whole resource in its units. */
  readonly length?: number | null | undefined
  /** Range units; bytes unless told. */
  readonly units?: string | undefined
}

/** 416: the wanted part does not exist. */
export class RequestedRangeNotSatisfiable extends HTTPException {
  static override readonly code: number = 416
  static override readonly description: string = 'The server cannot provide the requested range.'
  static override readonly positional = ['length', 'units']
  static override readonly knownOptions = ['description', 'response', 'length', 'units']

  /** Size of the whole resource, or `null` where it is not told. */
  readonly length: number | null
  readonly units: string

  /**
   * @param length - Size of the whole resource for the `Content-Range` field, or the options.
   * @param units - Range units.
   */
  constructor(
    length?: number | RangeNotSatisfiableOptions | null,
    units?: string | RangeNotSatisfiableOptions,
    options?: RangeNotSatisfiableOptions,
  ) {
    const given: RangeNotSatisfiableOptions = readArguments(new.target, [length, units], options)
    super(given)
    this.length = given.length ?? null
    this.units = given.units ?? 'bytes'
  }

  override getHeaders(environ?: EnvironSource): [name: string, value: string][] {
    const headers = super.getHeaders(environ)
    if (this.length !== null) headers.push(['Content-Range', `${this.units} */${this.length}`])
    return headers
  }
}
