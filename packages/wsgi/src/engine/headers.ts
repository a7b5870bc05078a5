import type { RequestHeaders } from '../environ.ts'
import { trimBlanks } from './syntax.ts'

/** How many look-ups are served by scanning before an index is worth its making. */
const scansBeforeIndex = 6

/**
 * The checked field lines of one message, kept as the text in which they came: a request that looks at no header
 * pays for none.
 */
export class HeaderBlock implements RequestHeaders {
  readonly #text: string
  readonly #from: number
  readonly #to: number
  #scans = 0
  #index: Map<string, string[]> | undefined

  /**
   * @param text - Latin-1 text that holds valid field lines, each with its CRLF, between `from` and `to`.
   */
  constructor(text: string, from: number, to: number) {
    this.#text = text
    this.#from = from
    this.#to = to
  }

  get(lowerCaseName: string): string | undefined {
    if (this.#index === undefined && this.#scans++ < scansBeforeIndex) return this.#scan(lowerCaseName)
    const values = this.#indexed().get(lowerCaseName)
    return values === undefined ? undefined : joined(lowerCaseName, values)
  }

  has(lowerCaseName: string): boolean {
    if (this.#index === undefined && this.#scans++ < scansBeforeIndex) {
      return this.#find(lowerCaseName, this.#from) >= 0
    }
    return this.#indexed().has(lowerCaseName)
  }

  getAll(lowerCaseName: string): readonly string[] {
    return this.#indexed().get(lowerCaseName) ?? []
  }

  *[Symbol.iterator](): Generator<readonly [name: string, value: string]> {
    const text = this.#text
    let at = this.#from
    while (at < this.#to) {
      const end = text.indexOf('\r\n', at)
      const colon = text.indexOf(':', at)
      yield [text.slice(at, colon), trimBlanks(text.slice(colon + 1, end))]
      at = end + 2
    }
  }

  /** The same fields with another Host. */
  withHost(host: string): RequestHeaders {
    const rest = [...this].filter(([name]) => name.toLowerCase() !== 'host')
    return headersFromPairs([['Host', host], ...rest])
  }

  #scan(name: string): string | undefined {
    let at = this.#find(name, this.#from)
    if (at < 0) return undefined
    const first = this.#value(at + name.length + 1)
    at = this.#find(name, this.#next(at))
    if (at < 0) return first
    const values = [first]
    while (at >= 0) {
      values.push(this.#value(at + name.length + 1))
      at = this.#find(name, this.#next(at))
    }
    return joined(name, values)
  }

  /** Where the next line with this name begins, at `at` or later; -1 for none. */
  #find(name: string, from: number): number {
    const text = this.#text
    const length = name.length
    let at = from
    while (at < this.#to) {
      if (text.charCodeAt(at + length) === 0x3a && sameName(text, at, name)) return at
      at = this.#next(at)
    }
    return -1
  }

  #next(at: number): number {
    return this.#text.indexOf('\r\n', at) + 2
  }

  #value(from: number): string {
    return trimBlanks(this.#text.slice(from, this.#text.indexOf('\r\n', from)))
  }

  #indexed(): Map<string, string[]> {
    if (this.#index !== undefined) return this.#index
    const index = new Map<string, string[]>()
    for (const [name, value] of this) {
      const key = name.toLowerCase()
      const values = index.get(key)
      if (values === undefined) index.set(key, [value])
      else values.push(value)
    }
    this.#index = index
    return index
  }
}

/** Whether the field name at `at` is `name`, whatever its case. All characters before the colon are token characters. */
function sameName(text: string, at: number, name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    const code = text.charCodeAt(at + i)
    const wanted = name.charCodeAt(i)
    if (code !== wanted && !(code >= 0x41 && code <= 0x5a && code + 32 === wanted)) return false
  }
  return true
}

function joined(name: string, values: readonly string[]): string {
  if (values.length === 1) return values[0]!
  return values.join(name === 'cookie' ? '; ' : ',')
}

/** No field lines. */
export const noHeaders: RequestHeaders = new HeaderBlock('', 0, 0)

/** Field lines given as pairs, for environs that were not read from a socket. */
export function headersFromPairs(pairs: Iterable<readonly [name: string, value: string]>): RequestHeaders {
  let text = ''
  for (const [name, value] of pairs) text += `${name}: ${value}\r\n`
  return new HeaderBlock(text, 0, text.length)
}
