import { TemplateAssertionError } from '../errors.ts'
import { quote } from '../python/print.ts'
import type * as nodes from '../syntax/nodes.ts'
import type { Parser } from '../syntax/parser.ts'
import { setLine } from '../syntax/walk.ts'
import { Extension, type ExtensionHost } from './extension.ts'
import { gettextAlias, type TranslatedEnvironment } from './i18n-install.ts'

/** What the head and the bodies of a `trans` block say. */
interface TransBlock {
  readonly lineno: number
  readonly context: string | null
  readonly variables: Map<string, nodes.Expression>
  trimmed: boolean | null
  pluralExpression: nodes.Expression | null
  /** A call that decides on the plural is made once, in an assignment before the output. */
  pluralAssignment: nodes.Assign | null
  numCalledNum: boolean
}

const name = (id: string, ctx: nodes.NameContext, lineno: number): nodes.Name => ({
  type: 'Name',
  name: id,
  ctx,
  lineno,
})

const text = (value: string, lineno: number): nodes.Const => ({ type: 'Const', value, lineno })

/** White space around line breaks becomes one space. */
function trimWhitespace(source: string): string {
  return source.trim().replace(/\s*\n\s*/g, ' ')
}

/** `{% trans %}...{% pluralize %}...{% endtrans %}` and the gettext functions. */
export class InternationalizationExtension extends Extension {
  static readonly identifier = 'jinja2.ext.InternationalizationExtension'
  override readonly tags = ['trans']

  constructor(environment: ExtensionHost) {
    super(environment)
    environment.globals._ = gettextAlias
    environment.extend({ newstyleGettext: false })
  }

  override parse(parser: Parser): nodes.Statement | readonly nodes.Statement[] {
    const { lineno } = parser.stream.next()
    const context = parser.stream.nextIf('string')
    const block: TransBlock = {
      lineno,
      context: context === null ? null : (context.value as string),
      variables: new Map(),
      trimmed: null,
      pluralExpression: null,
      pluralAssignment: null,
      numCalledNum: false,
    }
    this.#head(parser, block)
    return this.#bodies(parser, block)
  }

  #head(parser: Parser, block: TransBlock): void {
    const { stream } = parser
    while (stream.current.type !== 'block_end') {
      if (block.variables.size > 0) stream.expect('comma')
      if (stream.skipIf('colon')) break
      const token = stream.expect('name')
      const id = token.value as string
      if (block.variables.has(id)) {
        parser.fail(`translatable variable ${quote(id)} defined twice.`, token.lineno, TemplateAssertionError)
      }
      if (stream.skipIf('assign')) {
        this.#variable(block, id, parser.parseExpression())
      } else if (block.trimmed === null && (id === 'trimmed' || id === 'notrimmed')) {
        block.trimmed = id === 'trimmed'
      } else {
        this.#variable(block, id, name(id, 'load', token.lineno))
      }
    }
    stream.expect('block_end')
  }

  #variable(block: TransBlock, id: string, value: nodes.Expression): void {
    const { lineno } = block
    block.variables.set(id, value)
    if (block.pluralExpression !== null) return
    block.pluralExpression = value
    block.numCalledNum = id === 'num'
    if (value.type !== 'Call') return
    block.pluralExpression = name('_trans', 'load', lineno)
    block.variables.set(id, block.pluralExpression)
    block.pluralAssignment = { type: 'Assign', target: name('_trans', 'store', lineno), node: value, lineno }
  }

  #bodies(parser: Parser, block: TransBlock): nodes.Statement | readonly nodes.Statement[] {
    const { stream } = parser
    const { lineno, variables } = block
    const singular = this.#body(parser, true)
    const referenced = new Set(singular.names)
    const first = singular.names[0]
    if (first !== undefined && block.pluralExpression === null) {
      block.pluralExpression = name(first, 'load', lineno)
      block.numCalledNum = first === 'num'
    }
    let plural: string | null = null
    if (stream.test('name:pluralize')) {
      stream.next()
      this.#pluralVariable(parser, block)
      const body = this.#body(parser, false)
      plural = body.text
      for (const id of body.names) referenced.add(id)
    }
    stream.next()
    for (const id of referenced) if (!variables.has(id)) variables.set(id, name(id, 'load', lineno))
    if (plural !== null && block.pluralExpression === null) parser.fail('pluralize without variables', lineno)
    const trims = block.trimmed ?? Boolean(this.environment.policies['ext.i18n.trimmed'])
    const trim = trims ? trimWhitespace : (source: string) => source
    const node = this.#output(
      block,
      trim(singular.text),
      plural === null ? null : trim(plural),
      referenced.size > 0,
    )
    setLine(node, lineno)
    return block.pluralAssignment === null ? node : [block.pluralAssignment, node]
  }

  #pluralVariable(parser: Parser, block: TransBlock): void {
    const { stream } = parser
    if (stream.current.type !== 'block_end') {
      const token = stream.expect('name')
      const value = block.variables.get(token.value as string)
      if (value === undefined) {
        const message = `unknown variable ${quote(token.value as string)} for pluralization`
        parser.fail(message, token.lineno, TemplateAssertionError)
      }
      block.pluralExpression = value
      block.numCalledNum = token.value === 'num'
    }
    stream.expect('block_end')
  }

  /** Reads the text up to the next tag, with its variables as placeholders. */
  #body(parser: Parser, allowPluralize: boolean): { text: string; names: string[] } {
    const { stream } = parser
    const names: string[] = []
    let source = ''
    while (true) {
      if (stream.current.type === 'data') {
        source += String(stream.next().value).replaceAll('%', '%%')
      } else if (stream.skipIf('variable_begin')) {
        const id = stream.expect('name').value as string
        names.push(id)
        source += `%(${id})s`
        stream.expect('variable_end')
      } else if (stream.skipIf('block_begin')) {
        if (this.#endsBody(parser, allowPluralize)) return { text: source, names }
      } else {
        parser.fail('unclosed translation block')
      }
    }
  }

  #endsBody(parser: Parser, allowPluralize: boolean): boolean {
    const { type, value } = parser.stream.current
    const tag = type === 'name' ? value : null
    if (tag === 'endtrans' || (tag === 'pluralize' && allowPluralize)) return true
    if (tag === 'pluralize') {
      parser.fail('a translatable section can have only one pluralize section')
    }
    if (tag === 'trans') parser.fail("trans blocks can't be nested; did you mean `endtrans`?")
    return parser.fail(
      `control structures in translatable sections are not allowed; saw \`${tag ?? 'None'}\``,
    )
  }

  #output(block: TransBlock, singular: string, plural: string | null, referenced: boolean): nodes.Output {
    const { lineno, context, variables, pluralExpression } = block
    const newstyle = (this.environment as unknown as TranslatedEnvironment).newstyleGettext === true
    // Without variables old style functions substitute nothing, so percent signs stay as they are.
    const message = (source: string): nodes.Const =>
      text(!referenced && !newstyle ? source.replaceAll('%%', '%') : source, lineno)
    const args: nodes.Expression[] = [message(singular)]
    if (context !== null) args.unshift(text(context, lineno))
    if (plural !== null) args.push(message(plural), pluralExpression as nodes.Expression)
    const fn = `${plural === null ? '' : 'n'}${context === null ? '' : 'p'}gettext`
    const call: nodes.Call = {
      type: 'Call',
      node: name(fn, 'load', lineno),
      args,
      kwargs: [],
      dynArgs: null,
      dynKwargs: null,
      lineno,
    }
    if (newstyle) {
      const skipsNum = block.numCalledNum && plural !== null
      for (const [key, value] of variables) {
        if (!skipsNum || key !== 'num') call.kwargs.push({ type: 'Keyword', key, value, lineno })
      }
      return { type: 'Output', nodes: [call], lineno }
    }
    const safe: nodes.MarkSafeIfAutoescape = { type: 'MarkSafeIfAutoescape', expr: call, lineno }
    if (variables.size === 0) return { type: 'Output', nodes: [safe], lineno }
    const items: nodes.Pair[] = [...variables].map(([key, value]) => ({
      type: 'Pair',
      key: text(key, lineno),
      value,
      lineno,
    }))
    const values: nodes.Dict = { type: 'Dict', items, lineno }
    return { type: 'Output', nodes: [{ type: 'Mod', left: safe, right: values, lineno }], lineno }
  }
}
