import { TemplateAssertionError } from '../errors.ts'
import { quote } from '../python/print.ts'
import { ExpressionParser } from './expressions.ts'
import type * as nodes from './nodes.ts'
import { setNameContext } from './walk.ts'

/** What may be read as the target of an assignment. */
export interface TargetOptions {
  /** Also attributes of a namespace. */
  withNamespace?: boolean
}

const constantNames = new Set(['true', 'false', 'none', 'True', 'False', 'None'])
const notOnlySpace = /[^\s\x1c-\x1f\x85]/

function canAssign(node: nodes.Expression): boolean {
  if (node.type === 'Name') return !constantNames.has(node.name)
  if (node.type === 'Tuple') return node.items.every(canAssign)
  return node.type === 'NSRef'
}

/** The part of the parser that reads Jinja's own statements; `parseStatements` reads their bodies. */
export abstract class StatementParser extends ExpressionParser {
  /**
   * Reads statements and text until a tag of `endTokens`, such as `name:endfor`.
   *
   * @param dropNeedle Whether the end tag's name is skipped too.
   */
  abstract parseStatements(endTokens: readonly string[], dropNeedle?: boolean): nodes.Statement[]

  /** The readers of Jinja's statements by the name of the tag. */
  protected readonly builtins: ReadonlyMap<string, () => nodes.Statement> = new Map([
    ['for', () => this.#for()],
    ['if', () => this.#if()],
    ['block', () => this.#block()],
    ['extends', () => this.#extends()],
    ['print', () => this.#print()],
    ['macro', () => this.#macro()],
    ['include', () => this.#include()],
    ['from', () => this.#from()],
    ['import', () => this.#import()],
    ['set', () => this.#set()],
    ['with', () => this.#with()],
    ['autoescape', () => this.#autoescape()],
    ['call', () => this.#callBlock()],
    ['filter', () => this.#filterBlock()],
  ] as [string, () => nodes.Statement][])

  /** Reads a name to assign to. */
  parseAssignName(): nodes.Name {
    const token = this.stream.expect('name')
    const target: nodes.Name = {
      type: 'Name',
      name: token.value as string,
      ctx: 'store',
      lineno: token.lineno,
    }
    this.#checkTarget(target)
    return target
  }

  /** Reads what may be assigned to: a name, a tuple of them, or a namespace's attribute. */
  parseAssignTarget(options: TargetOptions = {}): nodes.Expression {
    const target = this.parseTuple({ ...options, simplified: true })
    setNameContext(target, 'store')
    this.#checkTarget(target)
    return target
  }

  #checkTarget(target: nodes.Expression): void {
    if (!canAssign(target)) this.fail(`can't assign to '${target.type.toLowerCase()}'`, target.lineno)
  }

  #set(): nodes.Statement {
    const { lineno } = this.stream.next()
    const target = this.parseAssignTarget({ withNamespace: true })
    if (this.stream.skipIf('assign')) return { type: 'Assign', target, node: this.parseTuple(), lineno }
    const filter = this.parseFilter(null) as nodes.Filter | null
    const body = this.parseStatements(['name:endset'], true)
    return { type: 'AssignBlock', target, filter, body, lineno }
  }

  #for(): nodes.For {
    const { lineno } = this.stream.expect('name:for')
    const target = this.parseAssignTarget()
    this.stream.expect('name:in')
    const iter = this.parseTuple({ withConditional: false })
    const test = this.stream.skipIf('name:if') ? this.parseExpression() : null
    const recursive = this.stream.skipIf('name:recursive')
    const body = this.parseStatements(['name:endfor', 'name:else'])
    const elseBody = this.stream.next().value === 'endfor' ? [] : this.parseStatements(['name:endfor'], true)
    return { type: 'For', target, iter, body, elseBody, test, recursive, lineno }
  }

  #branch(lineno: number): nodes.If {
    const test = this.parseTuple({ withConditional: false })
    const body = this.parseStatements(['name:elif', 'name:else', 'name:endif'])
    return { type: 'If', test, body, elifs: [], elseBody: [], lineno }
  }

  #if(): nodes.If {
    const result = this.#branch(this.stream.expect('name:if').lineno)
    while (true) {
      const { value } = this.stream.next()
      if (value === 'elif') {
        result.elifs.push(this.#branch(this.stream.current.lineno))
        continue
      }
      if (value === 'else') result.elseBody = this.parseStatements(['name:endif'], true)
      return result
    }
  }

  #with(): nodes.With {
    const { lineno } = this.stream.next()
    const targets: nodes.Expression[] = []
    const values: nodes.Expression[] = []
    while (this.stream.current.type !== 'block_end') {
      if (targets.length > 0) this.stream.expect('comma')
      targets.push(setNameContext(this.parseAssignTarget(), 'param'))
      this.stream.expect('assign')
      values.push(this.parseExpression())
    }
    return { type: 'With', targets, values, body: this.parseStatements(['name:endwith'], true), lineno }
  }

  #autoescape(): nodes.Scope {
    const { lineno } = this.stream.next()
    const value = this.parseExpression()
    const options: nodes.Keyword[] = [{ type: 'Keyword', key: 'autoescape', value, lineno }]
    const body = this.parseStatements(['name:endautoescape'], true)
    return { type: 'Scope', body: [{ type: 'ScopedEvalContextModifier', options, body, lineno }], lineno }
  }

  #block(): nodes.Block {
    const { lineno } = this.stream.next()
    const name = this.stream.expect('name').value as string
    const scoped = this.stream.skipIf('name:scoped')
    const required = this.stream.skipIf('name:required')
    if (this.stream.current.type === 'sub') {
      this.fail(
        'Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an ' +
          'underscore instead.',
      )
    }
    const body = this.parseStatements(['name:endblock'], true)
    if (required && !body.every(isBlank)) {
      this.fail('Required blocks can only contain comments or whitespace')
    }
    this.stream.skipIf(`name:${name}`)
    return { type: 'Block', name, body, scoped, required, lineno }
  }

  #extends(): nodes.Extends {
    const { lineno } = this.stream.next()
    return { type: 'Extends', template: this.parseExpression(), lineno }
  }

  /** Reads `with context` or `without context`; null if neither is there. */
  #context(): boolean | null {
    const { stream } = this
    if (!stream.test('name:with', 'name:without')) return null
    const following = stream.look()
    if (following.type !== 'name' || following.value !== 'context') return null
    const withContext = stream.next().value === 'with'
    stream.skip()
    return withContext
  }

  #include(): nodes.Include {
    const { lineno } = this.stream.next()
    const template = this.parseExpression()
    let ignoreMissing = false
    if (this.stream.test('name:ignore') && this.stream.look().value === 'missing') {
      this.stream.skip(2)
      ignoreMissing = true
    }
    return { type: 'Include', template, ignoreMissing, withContext: this.#context() ?? true, lineno }
  }

  #import(): nodes.Import {
    const { lineno } = this.stream.next()
    const template = this.parseExpression()
    this.stream.expect('name:as')
    const target = this.parseAssignName().name
    return { type: 'Import', template, target, withContext: this.#context() ?? false, lineno }
  }

  #from(): nodes.FromImport {
    const { lineno } = this.stream.next()
    const template = this.parseExpression()
    this.stream.expect('name:import')
    const node: nodes.FromImport = { type: 'FromImport', template, names: [], withContext: false, lineno }
    while (true) {
      if (node.names.length > 0) this.stream.expect('comma')
      if (this.stream.current.type !== 'name') this.stream.expect('name')
      const before = this.#context()
      if (before !== null) return { ...node, withContext: before }
      node.names.push(this.#importedName())
      const after = this.#context()
      if (after !== null) return { ...node, withContext: after }
      if (this.stream.current.type !== 'comma') return node
    }
  }

  #importedName(): { name: string; alias: string } {
    const { name, lineno } = this.parseAssignName()
    if (name.startsWith('_')) {
      this.fail('names starting with an underline can not be imported', lineno, TemplateAssertionError)
    }
    return { name, alias: this.stream.skipIf('name:as') ? this.parseAssignName().name : name }
  }

  #signature(): { args: nodes.Name[]; defaults: nodes.Expression[] } {
    const args: nodes.Name[] = []
    const defaults: nodes.Expression[] = []
    this.stream.expect('lparen')
    while (this.stream.current.type !== 'rparen') {
      if (args.length > 0) this.stream.expect('comma')
      const arg = setNameContext(this.parseAssignName(), 'param')
      if (this.stream.skipIf('assign')) defaults.push(this.parseExpression())
      else if (defaults.length > 0) this.fail('non-default argument follows default argument')
      args.push(arg)
    }
    this.stream.expect('rparen')
    return { args, defaults }
  }

  #callBlock(): nodes.CallBlock {
    const { lineno } = this.stream.next()
    const signature = this.stream.current.type === 'lparen' ? this.#signature() : { args: [], defaults: [] }
    const call = this.parseExpression()
    if (call.type !== 'Call') this.fail('expected call', lineno)
    return {
      type: 'CallBlock',
      call,
      ...signature,
      body: this.parseStatements(['name:endcall'], true),
      lineno,
    }
  }

  #filterBlock(): nodes.FilterBlock {
    const { lineno } = this.stream.next()
    const filter = this.parseFilter(null, true) as nodes.Filter
    return { type: 'FilterBlock', filter, body: this.parseStatements(['name:endfilter'], true), lineno }
  }

  #macro(): nodes.Macro {
    const { lineno } = this.stream.next()
    const { name } = this.parseAssignName()
    const signature = this.#signature()
    return { type: 'Macro', name, ...signature, body: this.parseStatements(['name:endmacro'], true), lineno }
  }

  #print(): nodes.Output {
    const { lineno } = this.stream.next()
    const found: nodes.Expression[] = []
    while (this.stream.current.type !== 'block_end') {
      if (found.length > 0) this.stream.expect('comma')
      found.push(this.parseExpression())
    }
    return { type: 'Output', nodes: found, lineno }
  }

  /** Words for tags, in quotes and with `or` between them. */
  protected listTags(names: readonly string[]): string {
    return names.map(quote).join(' or ')
  }
}

function isBlank(node: nodes.Statement): boolean {
  return (
    node.type === 'Output' &&
    node.nodes.every((part) => part.type === 'TemplateData' && !notOnlySpace.test(part.data))
  )
}
