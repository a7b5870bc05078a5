import { dictFrom } from '../python/dict.ts'
import { tupleFrom } from '../python/tuple.ts'
import { unescapeLiteral } from '../syntax/string-literal.ts'

/** The text is no literal; never leaves this file. */
class NotLiteral extends Error {}

const NUMBER =
  /(?:0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?)/y
const STRING =
  /([rRuUbB]{0,2})("""(?:[^\\]|\\[\s\S])*?"""|'''(?:[^\\]|\\[\s\S])*?'''|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*')/y
const NAME = /[\p{XID_Start}_]\p{XID_Continue}*/uy
const MAX_DEPTH = 100

/** Reads Python literals out of a text. */
class LiteralReader {
  readonly #text: string
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  /** The value of the whole text. */
  read(): unknown {
    if (/^[ \t\f]/.test(this.#text)) throw new NotLiteral()
    const value = this.#list(null)
    if (this.#at < this.#text.length) throw new NotLiteral()
    return value
  }

  // Values with commas between them: one without a comma is itself, others are a tuple.
  #list(close: string | null): unknown {
    const items = [this.#value()]
    let isTuple = false
    while (this.#take(',')) {
      isTuple = true
      if (close === null ? this.#isAtEnd() : this.#peek() === close) break
      items.push(this.#value())
    }
    return isTuple ? tupleFrom(items) : items[0]
  }

  #skipSpace(): void {
    // Outside brackets a line end ends the expression; only blank lines may follow.
    const pattern = this.#depth > 0 ? /(?:\s|#[^\n]*)*/y : /[ \t\f]*(?:#[^\n]*)?(?:[ \t\f\r\n]*$)?/y
    pattern.lastIndex = this.#at
    this.#at += pattern.exec(this.#text)?.[0].length ?? 0
  }

  #peek(): string {
    this.#skipSpace()
    return this.#text.charAt(this.#at)
  }

  #isAtEnd(): boolean {
    return this.#peek() === ''
  }

  #take(char: string): boolean {
    if (this.#peek() !== char) return false
    this.#at++
    return true
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (match !== null) this.#at += match[0].length
    return match
  }

  #value(): unknown {
    const char = this.#peek()
    if (char === '-' || char === '+') return this.#signed(char)
    if (char === '[' || char === '(' || char === '{') return this.#bracketed(char)
    const text = this.#match(STRING)
    if (text !== null) return this.#strings(text)
    if (/[\d.]/.test(char)) return this.#number()
    return this.#named()
  }

  #signed(sign: string): number | bigint {
    this.#at++
    const value = this.#value()
    if (typeof value !== 'number' && typeof value !== 'bigint') throw new NotLiteral()
    return sign === '-' ? -value : value
  }

  #bracketed(open: string): unknown {
    if (++this.#depth > MAX_DEPTH) throw new NotLiteral()
    this.#at++
    const value = open === '[' ? this.#items(']') : open === '(' ? this.#parenthesis() : this.#braces()
    this.#depth--
    return value
  }

  #items(close: string): unknown[] {
    const items: unknown[] = []
    while (!this.#take(close)) {
      items.push(this.#value())
      if (!this.#take(',') && this.#peek() !== close) throw new NotLiteral()
    }
    return items
  }

  #parenthesis(): unknown {
    if (this.#take(')')) return tupleFrom([])
    const value = this.#list(')')
    if (!this.#take(')')) throw new NotLiteral()
    return value
  }

  #braces(): unknown {
    if (this.#take('}')) return dictFrom([])
    const first = this.#value()
    if (this.#peek() !== ':') return this.#set(first)
    const entries: [unknown, unknown][] = []
    for (let key = first; ; key = this.#value()) {
      if (!this.#take(':')) throw new NotLiteral()
      entries.push([key, this.#value()])
      const more = this.#take(',')
      if (this.#take('}')) return dictFrom(entries)
      if (!more) throw new NotLiteral()
    }
  }

  #set(first: unknown): Set<unknown> {
    const items = new Set([first])
    if (!this.#take(',')) {
      if (this.#take('}')) return items
      throw new NotLiteral()
    }
    for (const item of this.#items('}')) items.add(item)
    return items
  }

  #number(): number | bigint {
    const text = this.#match(NUMBER)?.[0]
    if (text === undefined || /^0\d*[1-9]\d*$/.test(text.replaceAll('_', ''))) throw new NotLiteral()
    if (/[\p{XID_Continue}.]/u.test(this.#text.charAt(this.#at))) throw new NotLiteral()
    const plain = text.replaceAll('_', '')
    const value = Number(plain)
    return Number.isInteger(value) &&
      !Number.isSafeInteger(value) &&
      /^\w+$/.test(plain) &&
      !/^\d+e/i.test(plain)
      ? BigInt(plain)
      : value
  }

  #strings(first: RegExpExecArray): string | Uint8Array {
    const parts: RegExpExecArray[] = []
    for (let match: RegExpExecArray | null = first; match !== null; match = this.#nextString())
      parts.push(match)
    const text = parts.map(stringText).join('')
    const areBytes = parts.map(([, prefix]) => /b/i.test(prefix ?? ''))
    if (!areBytes.includes(true)) return text
    if (areBytes.includes(false) || /[^\x00-\xff]/.test(text)) throw new NotLiteral()
    return Uint8Array.from(text, (char) => char.charCodeAt(0))
  }

  #nextString(): RegExpExecArray | null {
    this.#skipSpace()
    return this.#match(STRING)
  }

  #named(): unknown {
    switch (this.#match(NAME)?.[0]) {
      case 'True':
        return true
      case 'False':
        return false
      case 'None':
        return null
      case 'set':
        if (this.#take('(') && this.#take(')')) return new Set()
        throw new NotLiteral()
      default:
        throw new NotLiteral()
    }
  }
}

function stringText([, prefix = '', quoted = '']: RegExpExecArray): string {
  if (/^(?:ur|ru|bu|ub|uu|rr|bb)$/i.test(prefix)) throw new NotLiteral()
  const width = /^("""|''')/.test(quoted) ? 3 : 1
  const inner = quoted.slice(width, -width)
  return /r/i.test(prefix) ? inner : unescapeLiteral(inner.replace(/\\\r?\n/g, ''))
}

/**
 * The value of a Python literal: text, number, list, tuple, dict, set, True, False or None.
 *
 * @param text The source.
 * @param otherwise What to give if it is not exactly one literal.
 */
export function literalEval(text: string, otherwise: unknown): unknown {
  try {
    return new LiteralReader(text).read()
  } catch (error) {
    // A bad escape is a SyntaxError, a list as a key a TypeError: both mean that it is not a literal.
    if (error instanceof NotLiteral || error instanceof SyntaxError || error instanceof TypeError)
      return otherwise
    throw error
  }
}
