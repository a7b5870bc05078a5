import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  Environment,
  Extension,
  type nodes,
  type Parser,
  type Token,
  type TokenStream,
} from '@flask-ts/jinja'

/** `{% cache key %}...{% endcache %}`: renders the body once for each key. */
class FragmentCache extends Extension {
  static readonly identifier = 'test.FragmentCache'
  override readonly tags = ['cache']
  readonly kept = new Map<unknown, unknown>()

  override parse(parser: Parser): nodes.Statement {
    const { lineno } = parser.stream.next()
    const key = parser.parseExpression()
    const body = parser.parseStatements(['name:endcache'], true)
    const call = this.callMethod('fragment', { args: [key], lineno })
    return { type: 'CallBlock', call, args: [], defaults: [], body, lineno }
  }

  fragment(key: unknown, { caller }: { caller: () => unknown }): unknown {
    if (!this.kept.has(key)) this.kept.set(key, caller())
    return this.kept.get(key)
  }
}

/** Templates shout. */
class Shouting extends Extension {
  static readonly identifier = 'test.Shouting'
  override readonly priority: number = 10

  override preprocess(source: string): string {
    return source.replaceAll('?', '!')
  }
}

/** Puts a filter before the end of every print statement. */
class FilterEverything extends Extension {
  static readonly identifier = 'test.FilterEverything'

  override *filterStream(stream: TokenStream): Generator<Token> {
    for (const token of stream) {
      if (token.type === 'variable_end') {
        yield { lineno: token.lineno, type: 'pipe', value: '|' }
        yield { lineno: token.lineno, type: 'name', value: 'upper' }
      }
      yield token
    }
  }
}

/** `{% scoped mapping %}...{% endscoped %}`: the names of the mapping as variables. */
class Scoped extends Extension {
  static readonly identifier = 'test.Scoped'
  override readonly tags = ['scoped']

  override parse(parser: Parser): nodes.Statement {
    const { lineno } = parser.stream.next()
    const context = parser.parseExpression()
    return { type: 'OverlayScope', context, body: parser.parseStatements(['name:endscoped'], true), lineno }
  }
}

test('a tag of an extension calls its method with the body as caller', () => {
  const environment = new Environment({ extensions: [FragmentCache] })
  const template = environment.fromString(
    '{% for x in xs %}{% cache x.key %}{{ x.value }}{% endcache %}{% endfor %}',
  )
  const xs = [
    { key: 1, value: 'a' },
    { key: 1, value: 'b' },
    { key: 2, value: 'c' },
  ]
  assert.equal(template.render({ xs }), 'aac')
})

test('an extension may change the source', () => {
  assert.equal(new Environment({ extensions: [Shouting] }).fromString('hi?').render(), 'hi!')
})

test('an extension may change the tokens', () => {
  const environment = new Environment({ extensions: [FilterEverything] })
  assert.equal(environment.fromString('{{ x }}{{ "b" }}').render({ x: 'a' }), 'AB')
})

test('a scope of an extension adds variables and sees those around it', () => {
  const environment = new Environment({ extensions: [Scoped] })
  const source = '{% set a = 1 %}{% scoped {"b": 2, "c": d} %}{{ a }}{{ b }}{{ c }}{% endscoped %}{{ b }}'
  assert.equal(environment.fromString(source).render({ d: 3 }), '123')
})

test('what an extension leaves on the environment is there for templates made by it', () => {
  class Stamp extends Extension {
    static readonly identifier = 'test.Stamp'
    override readonly tags = ['stamp']
    override parse(parser: Parser): nodes.Statement {
      const { lineno } = parser.stream.next()
      return { type: 'Output', nodes: [{ type: 'EnvironmentAttribute', name: 'stamp', lineno }], lineno }
    }
  }
  const environment = new Environment({ extensions: [Stamp] })
  environment.extend({ stamp: 'S', filters: 'never replaces what is there' })
  assert.equal(environment.fromString('{% stamp %}{{ 1|string }}').render(), 'S1')
})

test('Jinja’s extensions are known by name', () => {
  const environment = new Environment({ extensions: ['jinja2.ext.do', 'loopcontrols'] })
  assert.equal(
    environment
      .fromString('{% for x in [1, 2] %}{% if x == 2 %}{% break %}{% endif %}{{ x }}{% endfor %}')
      .render(),
    '1',
  )
  assert.throws(() => new Environment({ extensions: ['nope'] }), /there is no extension named "nope"/)
})

test('the debug tag shows variables, filters and tests', () => {
  const environment = new Environment({ extensions: ['debug'] })
  const output = environment.fromString('{% debug %}').render({ answer: 42 })
  assert.match(output, /answer/)
  assert.match(output, /'upper'/)
  assert.match(output, /'defined'/)
})
