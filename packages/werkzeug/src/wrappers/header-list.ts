import type { RequestHeaders } from '@flask-ts/wsgi'

/**
 * The header fields of a request that was not received but made: by middleware or a test.
 */
export class HeaderList implements RequestHeaders {
  readonly #fields: readonly (readonly [name: string, value: string])[]

  constructor(fields: Iterable<readonly [name: string, value: string]>) {
    this.#fields = [...fields]
  }

  get(lowerCaseName: string): string | undefined {
    const values = this.getAll(lowerCaseName)
    if (values.length === 0) return undefined
    return values.join(lowerCaseName === 'cookie' ? '; ' : ', ')
  }

  has(lowerCaseName: string): boolean {
    return this.#fields.some(([name]) => name.toLowerCase() === lowerCaseName)
  }

  getAll(lowerCaseName: string): string[] {
    return this.#fields.filter(([name]) => name.toLowerCase() === lowerCaseName).map(([, value]) => value)
  }

  [Symbol.iterator](): Iterator<readonly [name: string, value: string]> {
    return this.#fields[Symbol.iterator]()
  }

  /** The same fields, but for one that has this value only. */
  with(name: string, value: string): HeaderList {
    const lower = name.toLowerCase()
    const fields = this.#fields.filter(([field]) => field.toLowerCase() !== lower)
    return new HeaderList([[name, value], ...fields])
  }
}
