import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TemplateSyntaxError } from '@flask-ts/jinja'
import { type SyntaxOptions, syntaxOptions } from '../../src/options.ts'
import { Lexer } from '../../src/syntax/lexer.ts'

function tokens(source: string, options: Partial<SyntaxOptions> = {}): [string, string | number][] {
  const stream = new Lexer(syntaxOptions(options)).tokenize(source)
  return [...stream].map(({ type, value }) => [type, value])
}

test('text, tags and comments are told apart, and comments are left out', () => {
  assert.deepEqual(tokens('a{# no #}{{ b }}'), [
    ['data', 'a'],
    ['variable_begin', '{{'],
    ['name', 'b'],
    ['variable_end', '}}'],
  ])
})

test('numbers are read in every notation of Python', () => {
  const values = tokens('{{ 1_000 0xFF 0b11 0o17 1.5e3 1e-2 }}')
    .filter(([type]) => type === 'integer' || type === 'float')
    .map(([, value]) => value)
  assert.deepEqual(values, [1000, 255, 3, 15, 1500, 0.01])
})

test('string literals know the escapes of Python', () => {
  const [, [, value]] = tokens(String.raw`{{ 'a\n\x41\u00e9\U0001f600\101\q\é' }}`) as [
    unknown,
    [string, string],
  ]
  assert.equal(value, 'a\nAé\u{1f600}A\\q\\xe9')
})

test('an escape that is cut off is an error with the words of Python', () => {
  assert.throws(() => tokens(String.raw`{{ '\x4' }}`), {
    name: 'TemplateSyntaxError',
    description: String.raw`truncated \xXX escape`,
  })
})

test('the signs of a tag take white space away or keep it', () => {
  const data = (source: string, options?: Partial<SyntaxOptions>) =>
    tokens(source, options)
      .filter(([type]) => type === 'data')
      .map(([, value]) => value)
  assert.deepEqual(data('a \n {%- x -%} \n b'), ['a', 'b'])
  assert.deepEqual(data('  {% x %}\nb', { trimBlocks: true, lstripBlocks: true }), ['b'])
  assert.deepEqual(data('  {%+ x +%}\nb', { trimBlocks: true, lstripBlocks: true }), ['  ', '\nb'])
})

test('line statements and line comments end with their line', () => {
  const options = { lineStatementPrefix: '%', lineCommentPrefix: '##' }
  const comment = tokens('a ## no\nb', options).map(([, value]) => value)
  assert.deepEqual(comment, ['a', '\nb'])
  assert.deepEqual(tokens('% x\ny', options), [
    ['block_begin', '%'],
    ['name', 'x'],
    ['block_end', '\n'],
    ['data', 'y'],
  ])
})

test('a delimiter that begins like another wins if it is longer', () => {
  const options = {
    blockStartString: '<%',
    blockEndString: '%>',
    variableStartString: '<%=',
    variableEndString: '%>',
  }
  assert.deepEqual(
    tokens('<%= a %><% b %>', options).map(([type]) => type),
    ['variable_begin', 'name', 'variable_end', 'block_begin', 'name', 'block_end'],
  )
})

test('brackets must match', () => {
  assert.throws(() => tokens('{{ (1] }}'), { description: "unexpected ']', expected ')'" })
  assert.throws(() => tokens('{{ 1) }}'), { description: "unexpected ')'" })
})

test('a position in an error counts code points', () => {
  assert.throws(() => tokens('\u{1f600}{{ ? }}'), { description: "unexpected char '?' at 4" })
})

test('line numbers go on through what a sign removed', () => {
  try {
    tokens('\n\n {%- x %}\n{{ ? }}')
    assert.fail('no error')
  } catch (error) {
    assert.ok(error instanceof TemplateSyntaxError)
    assert.equal(error.lineno, 4)
  }
})
