/**
 * The `User-Agent` of a request. Nothing is read from it here: a subclass, named by the request's `userAgentClass`, may.
 */
export class UserAgent {
  /** The header's value. */
  readonly string: string
  /** The operating system. */
  readonly platform: string | undefined = undefined
  readonly browser: string | undefined = undefined
  /** The browser's version. */
  readonly version: string | undefined = undefined
  readonly language: string | undefined = undefined

  constructor(string: string) {
    this.string = string
  }

  toHeader(): string {
    return this.string
  }

  toString(): string {
    return this.string
  }
}
