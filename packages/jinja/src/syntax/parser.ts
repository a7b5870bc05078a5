import { quote } from '../python/print.ts'
import type * as nodes from './nodes.ts'
import { StatementParser } from './statements.ts'
import type { TokenStream } from './token-stream.ts'
import { describeTokenExpression } from './tokens.ts'

/** The reader of a tag: it starts with the tag's name as the current token and ends before `block_end`. */
export type TagParser = (parser: Parser) => nodes.Statement | readonly nodes.Statement[]

/** Turns tokens into a syntax tree; extensions get it to read their own tags. */
export class Parser extends StatementParser {
  readonly #tags: ReadonlyMap<string, TagParser>
  readonly #tagStack: string[] = []
  readonly #endTokenStack: (readonly string[])[] = []
  #lastIdentifier = 0

  /**
   * @param stream The tokens of one template.
   * @param tags The tags of extensions.
   */
  constructor(stream: TokenStream, tags: ReadonlyMap<string, TagParser> = new Map()) {
    super(stream)
    this.#tags = tags
  }

  /** Reads a whole template. */
  parse(): nodes.Template {
    return { type: 'Template', body: this.#subparse(null), lineno: 1 }
  }

  /** A variable that no template can name. */
  freeIdentifier(lineno?: number): nodes.InternalName {
    this.#lastIdentifier++
    const line = lineno ?? this.stream.current.lineno
    return { type: 'InternalName', name: `fi${this.#lastIdentifier}`, lineno: line }
  }

  override parseStatements(endTokens: readonly string[], dropNeedle = false): nodes.Statement[] {
    // Python's colon after the head of a block is allowed.
    this.stream.skipIf('colon')
    this.stream.expect('block_end')
    const body = this.nested(() => this.#subparse(endTokens))
    if (this.stream.current.type === 'eof') this.#failAtTag(null, [...this.#endTokenStack, endTokens])
    if (dropNeedle) this.stream.next()
    return body
  }

  #statement(): nodes.Statement | readonly nodes.Statement[] {
    const token = this.stream.current
    if (token.type !== 'name') this.fail('tag name expected', token.lineno)
    const tag = token.value as string
    const builtin = this.builtins.get(tag)
    const extension = builtin === undefined ? this.#tags.get(tag) : undefined
    if (builtin === undefined && extension === undefined) {
      this.#failAtTag(tag, this.#endTokenStack, token.lineno)
    }
    this.#tagStack.push(tag)
    try {
      return builtin !== undefined ? builtin() : (extension as TagParser)(this)
    } finally {
      this.#tagStack.pop()
    }
  }

  #subparse(endTokens: readonly string[] | null): nodes.Statement[] {
    const body: nodes.Statement[] = []
    const output: nodes.Expression[] = []
    const flush = (): void => {
      const first = output[0]
      if (first !== undefined) body.push({ type: 'Output', nodes: output.splice(0), lineno: first.lineno })
    }
    if (endTokens !== null) this.#endTokenStack.push(endTokens)
    try {
      while (!this.stream.eos) {
        const token = this.stream.current
        if (token.type === 'data') {
          if (token.value !== '') {
            output.push({ type: 'TemplateData', data: token.value as string, lineno: token.lineno })
          }
          this.stream.next()
        } else if (token.type === 'variable_begin') {
          this.stream.next()
          output.push(this.parseTuple())
          this.stream.expect('variable_end')
        } else if (token.type === 'block_begin') {
          flush()
          this.stream.next()
          if (endTokens !== null && this.stream.test(...endTokens)) return body
          this.#append(body, this.#statement())
          this.stream.expect('block_end')
        } else {
          this.fail(`unexpected ${quote(token.type)} between tags`)
        }
      }
      flush()
    } finally {
      if (endTokens !== null) this.#endTokenStack.pop()
    }
    return body
  }

  #append(body: nodes.Statement[], found: nodes.Statement | readonly nodes.Statement[]): void {
    if (Array.isArray(found)) body.push(...(found as readonly nodes.Statement[]))
    else body.push(found as nodes.Statement)
  }

  /** Fails at a tag that is unknown here (null: at the end of the template), with what was open. */
  #failAtTag(tag: string | null, open: readonly (readonly string[])[], lineno?: number): never {
    const expected = new Set(open.flat().map(describeTokenExpression))
    const innermost = open.at(-1)
    const message = [tag === null ? 'Unexpected end of template.' : `Encountered unknown tag ${quote(tag)}.`]
    if (innermost !== undefined) {
      const wanted = this.listTags(innermost.map(describeTokenExpression))
      message.push(
        tag !== null && expected.has(tag)
          ? `You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for ${wanted}.`
          : `Jinja was looking for the following tags: ${wanted}.`,
      )
    }
    const tags = this.#tagStack
    if (tags.length > 0) {
      message.push(`The innermost block that needs to be closed is ${quote(tags.at(-1) as string)}.`)
    }
    this.fail(message.join(' '), lineno)
  }
}
