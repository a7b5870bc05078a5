import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Context, DictLoader, Environment, type EnvironmentOptions, passContext } from '@flask-ts/jinja'

function render(
  source: string,
  context: Record<string, unknown> = {},
  options: EnvironmentOptions = {},
): string {
  return new Environment(options).fromString(source).render(context)
}

test('neighbouring constants become one piece of text', () => {
  const { body } = new Environment().compile('a{{ 1 + 2 * 3 }}b{{ "c" ~ 1 }}{{ not true }}')
  assert.match(body, /"a7bc1False"/)
})

test('a constant expression that fails still fails only when it runs', () => {
  assert.equal(render('{% if false %}{{ 1 / 0 }}{% endif %}ok'), 'ok')
  assert.throws(() => render('{{ 1 / 0 }}'), { name: 'ZeroDivisionError' })
})

test('a plain loop has no loop object, and one that asks for it does', () => {
  const environment = new Environment()
  assert.doesNotMatch(environment.compile('{% for x in y %}{{ x }}{% endfor %}').body, /loop\(/)
  assert.match(environment.compile('{% for x in y %}{{ loop.index }}{% endfor %}').body, /loop\(env/)
})

test('names that JavaScript gives to every object are not variables or attributes', () => {
  const source =
    '{{ constructor }}{{ toString }}{{ o.constructor }}{{ o.hasOwnProperty }}{{ o["__proto__"] }}'
  assert.equal(render(source, { o: {} }), '')
  assert.equal(
    render('{{ constructor }}{{ o.constructor }}', { constructor: 1, o: { constructor: 2 } }),
    '12',
  )
})

test('a name may be one of the words of JavaScript', () => {
  assert.equal(
    render('{% set let = 1 %}{% set class = 2 %}{{ let }}{{ class }}{{ await }}', { await: 3 }),
    '123',
  )
})

test('break and continue outside of loops are errors', () => {
  const environment = new Environment({ extensions: ['loopcontrols'] })
  assert.throws(() => environment.fromString('{% break %}'), { description: "'break' outside loop" })
  const inMacro = '{% for x in y %}{% macro m() %}{% continue %}{% endmacro %}{% endfor %}'
  assert.throws(() => environment.fromString(inMacro), { description: "'continue' outside loop" })
})

test('what finalize makes of a value is printed, also of constants', () => {
  const finalize = (value: unknown): unknown => (value === null ? '' : value)
  assert.equal(render('{{ none }}{{ 1 }}{{ x }}', { x: null }, { finalize }), '1')
})

test('a function with access to the context sees what the loop has assigned', () => {
  const see = passContext((context: Context) => context.get('seen'))
  const source = '{% for x in [1, 2] %}{% set seen = x %}{{ see() }}{% endfor %}'
  assert.equal(render(source, { see }), '12')
})

test('blocks can stand in macros and in captured output', () => {
  const source =
    '{% macro m() %}{% block a %}A{% endblock %}{% endmacro %}{{ m() }}{% set x %}{{ self.a() }}{% endset %}{{ x|lower }}'
  assert.equal(render(source), 'Aa')
})

test('two blocks of one name are refused', () => {
  const source = '{% block a %}{% endblock %}\n{% block a %}{% endblock %}'
  assert.throws(() => new Environment().fromString(source), {
    description: "block 'a' defined twice",
    lineno: 2,
  })
})

test('a chain of parents that changes between renderings is followed', () => {
  const loader = new DictLoader({ a: 'a{% block b %}{% endblock %}', c: 'c{% block b %}{% endblock %}' })
  const template = new Environment({ loader }).fromString('{% extends p %}{% block b %}!{% endblock %}')
  assert.deepEqual(
    ['a', 'c', 'a'].map((p) => template.render({ p })),
    ['a!', 'c!', 'a!'],
  )
})

test('the name loop is only a loop inside of one', () => {
  const source =
    '{% for x in [1] %}{{ loop.index }}{% else %}{% endfor %}{% for x in [] %}{{ loop.index }}{% else %}{{ loop.x }}{% endfor %}'
  assert.throws(() => render(source), { name: 'UndefinedError', message: "'loop' is undefined" })
  const macro =
    '{% for x in [1] %}{{ loop.index }}{% endfor %}{% macro m(loop) %}{{ loop.index }}{% endmacro %}{{ m({"index": "own"}) }}'
  assert.equal(render(macro), '1own')
})
