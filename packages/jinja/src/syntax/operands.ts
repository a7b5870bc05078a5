import { TemplateSyntaxError } from '../errors.ts'
import { quote } from '../python/print.ts'
import { callArguments } from './call-arguments.ts'
import type * as nodes from './nodes.ts'
import type { TokenStream } from './token-stream.ts'
import { describeToken } from './tokens.ts'

/** A class of syntax errors. */
export type SyntaxErrorClass = new (
  message: string,
  lineno: number,
  name?: string | null,
  filename?: string | null,
) => TemplateSyntaxError

/** How {@link ExpressionParser.parseTuple} reads. */
export interface TupleOptions {
  /** Only names and literals. */
  simplified?: boolean
  /** Also `a if b else c`; on by default. */
  withConditional?: boolean
  /** An empty tuple is one, since it stands in parentheses. */
  parenthesized?: boolean
  /** Also `namespace.attribute`, for assignments. */
  withNamespace?: boolean
}

const argumentStarts = new Set(['name', 'string', 'integer', 'float', 'lparen', 'lbracket', 'lbrace'])
const constants: ReadonlyMap<unknown, boolean | null> = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
])

/** How deep expressions and statements may be nested; deeper ones would overflow the stack of the compiler. */
const MAX_DEPTH = 200

/** The part of the parser that reads operands: names, literals, and what follows them. */
export abstract class OperandParser {
  /** The tokens; extensions read from it. */
  readonly stream: TokenStream
  readonly name: string | null
  readonly filename: string | null
  #depth = 0

  constructor(stream: TokenStream) {
    this.stream = stream
    this.name = stream.name
    this.filename = stream.filename
  }

  /**
   * Ends the parsing with an error at a line (the current one if not given).
   *
   * @throws TemplateSyntaxError always, or the given class.
   */
  fail(message: string, lineno?: number, errorClass: SyntaxErrorClass = TemplateSyntaxError): never {
    throw new errorClass(message, lineno ?? this.stream.current.lineno, this.name, this.filename)
  }

  /** Runs a part of the parser that may call itself, up to a depth that the stack can bear. */
  protected nested<T>(parse: () => T): T {
    if (++this.#depth > MAX_DEPTH) this.fail(`nested more than ${MAX_DEPTH} levels deep`)
    try {
      return parse()
    } finally {
      this.#depth--
    }
  }

  /** Reads an expression. */
  abstract parseExpression(withConditional?: boolean): nodes.Expression

  /** Reads a name or a literal; with `withNamespace` also `namespace.attribute`. */
  parsePrimary(withNamespace = false): nodes.Expression {
    const token = this.stream.current
    const { lineno } = token
    switch (token.type) {
      case 'name':
        return this.#name(withNamespace)
      case 'string': {
        let value = ''
        while (this.stream.current.type === 'string') value += this.stream.next().value
        return { type: 'Const', value, lineno }
      }
      case 'integer':
      case 'float':
        this.stream.next()
        return { type: 'Const', value: token.value, lineno }
      case 'lparen': {
        this.stream.next()
        const node = this.nested(() => this.parseTuple({ parenthesized: true }))
        this.stream.expect('rparen')
        return node
      }
      case 'lbracket':
        return this.nested(() => this.#list())
      case 'lbrace':
        return this.nested(() => this.#dict())
      default:
        return this.fail(`unexpected ${quote(describeToken(token))}`, lineno)
    }
  }

  #name(withNamespace: boolean): nodes.Expression {
    const { lineno, value } = this.stream.next()
    const constant = constants.get(value)
    if (constant !== undefined) return { type: 'Const', value: constant, lineno }
    if (withNamespace && this.stream.skipIf('dot')) {
      const attr = this.stream.expect('name')
      return { type: 'NSRef', name: value as string, attr: attr.value as string, lineno }
    }
    return { type: 'Name', name: value as string, ctx: 'load', lineno }
  }

  /** Reads expressions with commas between them: a tuple if there is a comma, else the one expression. */
  parseTuple(options: TupleOptions = {}): nodes.Expression {
    let { lineno } = this.stream.current
    const items: nodes.Expression[] = []
    let isTuple = false
    while (true) {
      if (items.length > 0) this.stream.expect('comma')
      if (this.#isTupleEnd()) break
      items.push(
        options.simplified === true
          ? this.parsePrimary(options.withNamespace)
          : this.parseExpression(options.withConditional ?? true),
      )
      if (this.stream.current.type !== 'comma') break
      isTuple = true
      lineno = this.stream.current.lineno
    }
    if (!isTuple) {
      if (items[0] !== undefined) return items[0]
      if (options.parenthesized !== true) {
        this.fail(`Expected an expression, got ${quote(describeToken(this.stream.current))}`)
      }
    }
    return { type: 'Tuple', items, ctx: 'load', lineno }
  }

  // As in Jinja neither `in` nor `recursive` ends a tuple: they are names here, and `for x, in y` is refused.
  #isTupleEnd(): boolean {
    const { type } = this.stream.current
    return type === 'variable_end' || type === 'block_end' || type === 'rparen'
  }

  #list(): nodes.List {
    const { lineno } = this.stream.expect('lbracket')
    const items: nodes.Expression[] = []
    while (this.stream.current.type !== 'rbracket') {
      if (items.length > 0) this.stream.expect('comma')
      if (this.stream.current.type === 'rbracket') break
      items.push(this.parseExpression())
    }
    this.stream.expect('rbracket')
    return { type: 'List', items, lineno }
  }

  #dict(): nodes.Dict {
    const { lineno } = this.stream.expect('lbrace')
    const items: nodes.Pair[] = []
    while (this.stream.current.type !== 'rbrace') {
      if (items.length > 0) this.stream.expect('comma')
      if (this.stream.current.type === 'rbrace') break
      const key = this.parseExpression()
      this.stream.expect('colon')
      items.push({ type: 'Pair', key, value: this.parseExpression(), lineno: key.lineno })
    }
    this.stream.expect('rbrace')
    return { type: 'Dict', items, lineno }
  }

  /** Reads subscripts, attributes and calls after an operand. */
  protected postfix(start: nodes.Expression): nodes.Expression {
    let node = start
    while (true) {
      const { type } = this.stream.current
      if (type === 'dot' || type === 'lbracket') node = this.#subscript(node)
      else if (type === 'lparen') node = this.parseCall(node)
      else return node
    }
  }

  /** Reads filters and tests after an operand. */
  protected filters(start: nodes.Expression): nodes.Expression {
    let node = start
    while (true) {
      const { type, value } = this.stream.current
      if (type === 'pipe') node = this.parseFilter(node) as nodes.Expression
      else if (type === 'name' && value === 'is') node = this.#test(node)
      // A call that follows a test or filter is a call of its result.
      else if (type === 'lparen') node = this.parseCall(node)
      else return node
    }
  }

  #subscript(node: nodes.Expression): nodes.Expression {
    const { type, lineno } = this.stream.next()
    if (type === 'dot') {
      const attribute = this.stream.next()
      if (attribute.type === 'name') {
        return { type: 'Getattr', node, attr: attribute.value as string, lineno }
      }
      if (attribute.type !== 'integer') this.fail('expected name or number', attribute.lineno)
      const arg: nodes.Const = { type: 'Const', value: attribute.value, lineno: attribute.lineno }
      return { type: 'Getitem', node, arg, lineno }
    }
    const args: nodes.Expression[] = []
    while (this.stream.current.type !== 'rbracket') {
      if (args.length > 0) this.stream.expect('comma')
      args.push(this.#subscribed())
    }
    this.stream.expect('rbracket')
    const arg: nodes.Expression =
      args.length === 1 ? (args[0] as nodes.Expression) : { type: 'Tuple', items: args, ctx: 'load', lineno }
    return { type: 'Getitem', node, arg, lineno }
  }

  /** The inside of square brackets: an expression or a slice. */
  #subscribed(): nodes.Expression {
    const { lineno } = this.stream.current
    let start: nodes.Expression | null = null
    if (!this.stream.skipIf('colon')) {
      start = this.parseExpression()
      if (!this.stream.skipIf('colon')) return start
    }
    const part = (...ends: string[]): nodes.Expression | null =>
      this.stream.test(...ends) ? null : this.parseExpression()
    const stop = part('colon', 'rbracket', 'comma')
    const step = this.stream.skipIf('colon') ? part('rbracket', 'comma') : null
    return { type: 'Slice', start, stop, step, lineno }
  }

  /** Reads the arguments of a call, with their parentheses. */
  parseCallArguments(): nodes.Arguments {
    return callArguments(this)
  }

  /** Reads a call of `node`. */
  parseCall(node: nodes.Expression): nodes.Call {
    const { lineno } = this.stream.current
    return { type: 'Call', node, ...this.parseCallArguments(), lineno }
  }

  #dottedName(): { name: string; lineno: number } {
    const token = this.stream.expect('name')
    let name = token.value as string
    while (this.stream.skipIf('dot')) name += `.${this.stream.expect('name').value}`
    return { name, lineno: token.lineno }
  }

  /** Reads filters for `node` as long as there is a `|`; with `startInline` the first has none. */
  parseFilter(start: nodes.Expression | null, startInline = false): nodes.Expression | null {
    let node = start
    let inline = startInline
    while (inline || this.stream.current.type === 'pipe') {
      if (!inline) this.stream.next()
      inline = false
      const { name, lineno } = this.#dottedName()
      node = { type: 'Filter', node, name, ...this.#optionalArguments(), lineno }
    }
    return node
  }

  #optionalArguments(): nodes.Arguments {
    if (this.stream.current.type === 'lparen') return this.parseCallArguments()
    return { args: [], kwargs: [], dynArgs: null, dynKwargs: null }
  }

  #test(node: nodes.Expression): nodes.Expression {
    const { lineno } = this.stream.next()
    const negated = this.stream.skipIf('name:not')
    const { name } = this.#dottedName()
    const args = this.#optionalTestArguments()
    const test: nodes.Test = { type: 'Test', node, name, ...args, lineno }
    return negated ? { type: 'Not', node: test, lineno } : test
  }

  #optionalTestArguments(): nodes.Arguments {
    const { stream } = this
    const startsArgument = argumentStarts.has(stream.current.type) && stream.current.type !== 'lparen'
    if (!startsArgument || stream.test('name:else', 'name:or', 'name:and')) return this.#optionalArguments()
    if (stream.test('name:is')) this.fail('You cannot chain multiple tests with is')
    const arg = this.postfix(this.parsePrimary())
    return { args: [arg], kwargs: [], dynArgs: null, dynKwargs: null }
  }
}
