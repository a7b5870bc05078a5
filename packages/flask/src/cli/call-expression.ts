import { NoAppException } from './errors.ts'

/** A name, or a call with literal arguments, as in `app:create_app('x', debug=True)`. */
export interface CallExpression {
  readonly name: string
  /** `null` for a name alone. */
  readonly args: readonly unknown[] | null
  readonly kwargs: Readonly<Record<string, unknown>>
}

const CONSTANTS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['True', true],
  ['true', true],
  ['False', false],
  ['false', false],
  ['None', null],
  ['null', null],
])
const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y
const WORD = /[A-Za-z_$][\w$]*/y
const STRING = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/y
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

/** Reads literals of Python and JavaScript alike: text, numbers, constants, lists and mappings. */
class LiteralReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  get done(): boolean {
    this.#skip()
    return this.#at === this.#text.length
  }

  #skip(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    this.#skip()
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (found !== null) this.#at = pattern.lastIndex
    return found
  }

  take(character: string): boolean {
    this.#skip()
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  word(): string | undefined {
    return this.#match(WORD)?.[0]
  }

  /** A keyword before its `=`, if one stands here. */
  keyword(): string | undefined {
    const start = this.#at
    const name = this.word()
    if (name !== undefined && this.take('=')) return name
    this.#at = start
    return undefined
  }

  value(): unknown {
    const text = this.#match(STRING)
    if (text !== null)
      return (text[1] ?? text[2] ?? '').replace(/\\(.)/g, (_all, c: string) => ESCAPES[c] ?? c)
    const number = this.#match(NUMBER)
    if (number !== null) return Number(number[0])
    if (this.take('[')) return this.#items(']', () => this.value())
    if (this.take('{')) return Object.fromEntries(this.#items('}', () => this.#entry()))
    const word = this.word()
    if (word !== undefined && CONSTANTS.has(word)) return CONSTANTS.get(word)
    throw new SyntaxError('not a literal value')
  }

  #entry(): [string, unknown] {
    const key = this.value()
    if (!this.take(':')) throw new SyntaxError('a key without a value')
    return [String(key), this.value()]
  }

  #items<T>(end: string, read: () => T): T[] {
    const items: T[] = []
    while (!this.take(end)) {
      items.push(read())
      if (this.take(end)) break
      if (!this.take(',')) throw new SyntaxError(`'${end}' is missing`)
    }
    return items
  }

  arguments(): [unknown[], Record<string, unknown>] {
    const args: unknown[] = []
    const kwargs: Record<string, unknown> = {}
    this.#items(')', () => {
      const keyword = this.keyword()
      if (keyword === undefined) args.push(this.value())
      else kwargs[keyword] = this.value()
    })
    return [args, kwargs]
  }
}

/**
 * Reads what stands behind the colon of `module:name` or `module:factory(arguments)`.
 *
 * @throws NoAppException - if it is neither a name nor a call with literal arguments.
 */
export function parseCallExpression(text: string): CallExpression {
  const reader = new LiteralReader(text)
  const name = reader.word()
  const fail = (): never => {
    throw new NoAppException(`Failed to parse '${text}' as an attribute name or function call.`)
  }
  if (name === undefined) return fail()
  if (reader.done) return { name, args: null, kwargs: {} }
  if (!reader.take('(')) return fail()
  try {
    const [args, kwargs] = reader.arguments()
    return reader.done ? { name, args, kwargs } : fail()
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new NoAppException(`Failed to parse arguments as literal values: '${text}'.`)
  }
}
