import { TemplateSyntaxError } from '../errors.ts'
import type { SyntaxOptions } from '../options.ts'
import { quote } from '../python/print.ts'
import { IDENTIFIER, insideTag, type LexerRules, lexerRules, SPACE, TAG_TOKENS } from './lexer-rules.ts'
import { unescapeLiteral } from './string-literal.ts'
import { TokenStream } from './token-stream.ts'
import { OPERATORS, type RawToken, type Token } from './tokens.ts'

const newline = /\r\n|\r|\n/g
const trailingSpace = new RegExp(`[${SPACE}]$`)
const onlySpace = new RegExp(`^[${SPACE}]+$`)

/** How many line feeds a text has; the lexer has normalised all other line ends. */
function countNewlines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}

/** Takes trailing white space off, by Python's idea of white space; linear, which an expression is not. */
function stripEnd(text: string): string {
  let end = text.length
  while (end > 0 && trailingSpace.test(text[end - 1] as string)) end--
  return text.slice(0, end)
}

const closers: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' }

/** Where a tag is being read: its kind, and the rule that ends it. */
interface OpenTag {
  readonly end: RegExp
  readonly endType: string
}

/** One pass of the lexer over one source. */
class Scan {
  readonly #rules: LexerRules
  readonly #syntax: SyntaxOptions
  readonly #source: string
  readonly #name: string | null
  readonly #filename: string | null
  readonly #inside = insideTag()
  #pos = 0
  #lineno = 1
  #lineStarting = true

  constructor(
    rules: LexerRules,
    syntax: SyntaxOptions,
    source: string,
    name: string | null,
    file: string | null,
  ) {
    this.#rules = rules
    this.#syntax = syntax
    this.#name = name
    this.#filename = file
    let text = source.includes('\r') ? source.replace(newline, '\n') : source
    if (!syntax.keepTrailingNewline && text.endsWith('\n')) text = text.slice(0, -1)
    this.#source = text
  }

  *run(state: 'variable' | 'block' | null): Generator<RawToken> {
    if (state === 'variable') yield* this.#tag(this.#tagState('variable_begin'))
    if (state === 'block') yield* this.#tag(this.#tagState('block_begin'))
    const { root, openings } = this.#rules
    while (this.#pos < this.#source.length) {
      root.lastIndex = this.#pos
      const match = root.exec(this.#source)
      if (match === null) {
        yield this.#take('data', this.#source.slice(this.#pos))
        return
      }
      const kind = openings.findIndex((_, index) => match[1 + 2 * index] !== undefined)
      const opening = openings[kind] as string
      yield* this.#data(match, match[2 + 2 * kind] as string, opening === 'variable_begin')
      yield this.#take(opening, match[0])
      this.#lineStarting = match[0].endsWith('\n')
      if (opening === 'comment_begin') yield* this.#comment()
      else if (opening === 'raw_begin') yield* this.#raw()
      else if (opening === 'linecomment_begin') yield* this.#lineComment()
      else yield* this.#tag(this.#tagState(opening))
    }
  }

  #tagState(opening: string): OpenTag {
    const rules = this.#rules
    if (opening === 'variable_begin') return { end: rules.variableEnd, endType: 'variable_end' }
    if (opening === 'block_begin') return { end: rules.blockEnd, endType: 'block_end' }
    return { end: rules.lineStatementEnd, endType: 'linestatement_end' }
  }

  /** Makes a token of a text at the current place and goes past it. */
  #take(type: string, text: string): RawToken {
    const token: RawToken = [this.#lineno, type, text]
    this.#pos += text.length
    this.#lineno += countNewlines(text)
    return token
  }

  /** The text before a tag, less the white space that the tag's sign or `lstripBlocks` removes. */
  *#data(match: RegExpExecArray, sign: string, isVariable: boolean): Generator<RawToken> {
    const text = this.#source.slice(this.#pos, match.index)
    let kept = text
    if (sign === '-') {
      kept = stripEnd(text)
    } else if (sign !== '+' && this.#syntax.lstripBlocks && !isVariable) {
      const lineStart = text.lastIndexOf('\n') + 1
      if ((lineStart > 0 || this.#lineStarting) && onlySpace.test(text.slice(lineStart))) {
        kept = text.slice(0, lineStart)
      }
    }
    if (kept !== '') yield [this.#lineno, 'data', kept]
    this.#pos = match.index
    // Only `-` takes newlines away, and they still count.
    this.#lineno += countNewlines(text)
  }

  /** Goes to the end of a region without tokens in it, or fails with the message. */
  #find(end: RegExp, missing: string): RegExpExecArray {
    end.lastIndex = this.#pos
    const match = end.exec(this.#source)
    if (match === null) throw new TemplateSyntaxError(missing, this.#lineno, this.#filename)
    return match
  }

  *#comment(): Generator<RawToken> {
    // A comment that is open at the very end of the source is no error, since there is nothing left to read.
    if (this.#pos >= this.#source.length) return
    const match = this.#find(this.#rules.commentEnd, 'Missing end of comment tag')
    yield this.#take('comment', this.#source.slice(this.#pos, match.index))
    yield this.#take('comment_end', match[0])
    this.#lineStarting = match[0].endsWith('\n')
  }

  *#raw(): Generator<RawToken> {
    if (this.#pos >= this.#source.length) return
    const match = this.#find(this.#rules.rawEnd, 'Missing end of raw directive')
    yield* this.#data(match, match[1] as string, false)
    yield this.#take('raw_end', match[0])
    this.#lineStarting = match[0].endsWith('\n')
  }

  *#lineComment(): Generator<RawToken> {
    const match = this.#find(this.#rules.lineCommentEnd, '')
    const text = this.#source.slice(this.#pos, match.index)
    if (text !== '') yield this.#take('linecomment', text)
    yield this.#take('linecomment_end', '')
    this.#lineStarting = false
  }

  *#tag({ end, endType }: OpenTag): Generator<RawToken> {
    const balancing: string[] = []
    while (true) {
      if (balancing.length === 0) {
        end.lastIndex = this.#pos
        const match = end.exec(this.#source)
        if (match !== null) {
          yield this.#take(endType, match[0])
          this.#lineStarting = match[0].endsWith('\n')
          return
        }
      }
      if (this.#pos >= this.#source.length) return
      this.#inside.lastIndex = this.#pos
      const match = this.#inside.exec(this.#source)
      if (match === null) this.#failUnexpected()
      const kind = TAG_TOKENS[TAG_TOKENS.findIndex((_, index) => match[1 + index] !== undefined)] as string
      if (kind === 'operator') this.#balance(match[0], balancing)
      yield this.#take(kind, match[0])
      this.#lineStarting = match[0].endsWith('\n')
    }
  }

  #balance(operator: string, stack: string[]): void {
    const closer = closers[operator]
    if (closer !== undefined) stack.push(closer)
    if (operator !== '}' && operator !== ')' && operator !== ']') return
    const expected = stack.pop()
    if (expected === operator) return
    const hint = expected === undefined ? '' : `, expected '${expected}'`
    throw new TemplateSyntaxError(`unexpected '${operator}'${hint}`, this.#lineno, this.#name, this.#filename)
  }

  #failUnexpected(): never {
    const char = String.fromCodePoint(this.#source.codePointAt(this.#pos) as number)
    const place = [...this.#source.slice(0, this.#pos)].length
    const message = `unexpected char ${quote(char)} at ${place}`
    throw new TemplateSyntaxError(message, this.#lineno, this.#name, this.#filename)
  }
}

const ignored = new Set([
  'comment_begin',
  'comment',
  'comment_end',
  'whitespace',
  'linecomment_begin',
  'linecomment_end',
  'linecomment',
  'raw_begin',
  'raw_end',
])

function parseInteger(text: string): number {
  return Number(text.replaceAll('_', ''))
}

/** Splits template source into tokens, by the rules of one set of delimiters. */
export class Lexer {
  readonly #syntax: SyntaxOptions
  readonly #rules: LexerRules

  constructor(syntax: SyntaxOptions) {
    this.#syntax = syntax
    this.#rules = lexerRules(syntax)
  }

  /** The tokens of a source for the parser. */
  tokenize(
    source: string,
    name: string | null = null,
    filename: string | null = null,
    state: 'variable' | 'block' | null = null,
  ): TokenStream {
    return new TokenStream(this.#wrap(source, name, filename, state), name, filename)
  }

  /** All pieces of a source, also comments and white space, as `[line, type, text]`. */
  tokenIterator(
    source: string,
    name: string | null = null,
    filename: string | null = null,
    state: 'variable' | 'block' | null = null,
  ): Generator<RawToken> {
    return new Scan(this.#rules, this.#syntax, source, name, filename).run(state)
  }

  #normalize(text: string): string {
    const { newlineSequence } = this.#syntax
    return newlineSequence === '\n' ? text : text.replaceAll('\n', newlineSequence)
  }

  *#wrap(
    source: string,
    name: string | null,
    filename: string | null,
    state: 'variable' | 'block' | null,
  ): Generator<Token> {
    for (const [lineno, type, text] of this.tokenIterator(source, name, filename, state)) {
      if (ignored.has(type)) continue
      switch (type) {
        case 'data':
          yield { lineno, type, value: this.#normalize(text) }
          break
        case 'linestatement_begin':
          yield { lineno, type: 'block_begin', value: text }
          break
        case 'linestatement_end':
          yield { lineno, type: 'block_end', value: text }
          break
        case 'integer':
        case 'float':
          yield { lineno, type, value: parseInteger(text) }
          break
        case 'operator':
          yield { lineno, type: OPERATORS.get(text) as string, value: text }
          break
        case 'name':
          if (!IDENTIFIER.test(text)) {
            throw new TemplateSyntaxError('Invalid character in identifier', lineno, name, filename)
          }
          yield { lineno, type, value: text }
          break
        case 'string':
          yield { lineno, type, value: this.#string(text, lineno, name, filename) }
          break
        default:
          yield { lineno, type, value: text }
      }
    }
  }

  #string(text: string, lineno: number, name: string | null, filename: string | null): string {
    try {
      return unescapeLiteral(this.#normalize(text.slice(1, -1)))
    } catch (error) {
      throw new TemplateSyntaxError((error as Error).message, lineno, name, filename)
    }
  }
}
