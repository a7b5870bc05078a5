import { TemplateSyntaxError } from '../errors.ts'
import { quote } from '../python/print.ts'
import { describeToken, describeTokenExpression, matchesToken, type Token } from './tokens.ts'

/** The tokens of one template with the current one in `current`; made lazily as the parser walks on. */
export class TokenStream implements Iterable<Token> {
  readonly name: string | null
  readonly filename: string | null
  current: Token = { lineno: 1, type: 'initial', value: '' }
  #tokens: Iterator<Token>
  #pushed: Token[] = []

  constructor(tokens: Iterable<Token>, name: string | null, filename: string | null) {
    this.#tokens = tokens[Symbol.iterator]()
    this.name = name
    this.filename = filename
    this.next()
  }

  /** Whether nothing is left. */
  get eos(): boolean {
    return this.#pushed.length === 0 && this.current.type === 'eof'
  }

  /** Puts a token back; it comes after the current one. */
  push(token: Token): void {
    this.#pushed.push(token)
  }

  /** The token after the current one. */
  look(): Token {
    const before = this.next()
    const result = this.current
    this.push(result)
    this.current = before
    return result
  }

  /** Goes on by `n` tokens. */
  skip(n = 1): void {
    for (let i = 0; i < n; i++) this.next()
  }

  /** Goes on if the current token matches, and returns it; else `null`. */
  nextIf(expression: string): Token | null {
    return matchesToken(this.current, expression) ? this.next() : null
  }

  /** Goes on if the current token matches, and tells whether it did. */
  skipIf(expression: string): boolean {
    return this.nextIf(expression) !== null
  }

  /** Whether the current token matches one of the expressions. */
  test(...expressions: readonly string[]): boolean {
    for (const expression of expressions) if (matchesToken(this.current, expression)) return true
    return false
  }

  /** Goes on and returns the token that was current. */
  next(): Token {
    const before = this.current
    const pushed = this.#pushed.shift()
    if (pushed !== undefined) {
      this.current = pushed
    } else if (before.type !== 'eof') {
      const step = this.#tokens.next()
      this.current = step.done === true ? { lineno: before.lineno, type: 'eof', value: '' } : step.value
    }
    return before
  }

  /**
   * Goes on past a token that must be there, and returns it.
   *
   * @throws TemplateSyntaxError if the current token is another one.
   */
  expect(expression: string): Token {
    if (matchesToken(this.current, expression)) return this.next()
    const wanted = quote(describeTokenExpression(expression))
    const message =
      this.current.type === 'eof'
        ? `unexpected end of template, expected ${wanted}.`
        : `expected token ${wanted}, got ${quote(describeToken(this.current))}`
    throw new TemplateSyntaxError(message, this.current.lineno, this.name, this.filename)
  }

  *[Symbol.iterator](): Iterator<Token> {
    while (!this.eos) yield this.next()
  }
}
