import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Context, DictLoader, Environment, passContext } from '@flask-ts/jinja'

function render(source: string, context: Record<string, unknown> = {}): string {
  return new Environment().fromString(source).render(context)
}

test('a loop over a generator looks ahead by one item only', () => {
  let taken = 0
  function* items(): Generator<number> {
    while (taken < 5) yield ++taken
  }
  const seen: number[] = []
  const look = (): string => {
    seen.push(taken)
    return ''
  }
  render('{% for x in items %}{{ look() }}{{ loop.last }}{{ look() }}{% endfor %}', { items: items(), look })
  assert.deepEqual(seen, [1, 2, 2, 3, 3, 4, 4, 5, 5, 5])
})

test('a loop ends its generator when it is left', () => {
  let closed = false
  function* items(): Generator<number> {
    try {
      while (true) yield 1
    } finally {
      closed = true
    }
  }
  const environment = new Environment({ extensions: ['loopcontrols'] })
  environment.fromString('{% for x in items %}{% break %}{% endfor %}').render({ items: items() })
  assert.ok(closed)
})

test('macros refuse arguments that they do not have', () => {
  const macro = '{% macro f(a) %}{{ a }}{% endmacro %}'
  assert.throws(() => render(`${macro}{{ f(1, 2) }}`), {
    message: "macro 'f' takes not more than 1 argument(s)",
  })
  assert.throws(() => render(`${macro}{{ f(b=1) }}`), { message: "macro 'f' takes no keyword argument 'b'" })
  assert.equal(render(`${macro}{{ f(a=1) }}{{ f() }}`), '1')
})

test('macros collect further arguments if they use them', () => {
  const source = '{% macro f(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ f(1, 2, 3, b=4) }}'
  assert.equal(render(source), "1(2, 3){'b': 4}")
})

test('what a host function gives back as nothing is None', () => {
  assert.equal(render('{{ f() }}{{ o.f() }}', { f: () => undefined, o: { f: () => undefined } }), 'NoneNone')
})

test('a method of an object of the host gets its object', () => {
  const counter = {
    count: 0,
    next() {
      return ++this.count
    },
  }
  assert.equal(render('{{ c.next() }}{{ c.next() }}{{ c.count }}', { c: counter }), '122')
  assert.equal(render('{% for x in [1] %}{% set y = c.next() %}{{ y }}{% endfor %}', { c: counter }), '3')
})

test('functions can ask for the context', () => {
  const environment = new Environment({
    loader: new DictLoader({ main: '{% set a = 1 %}{{ show("a") }}{{ show("b") }}' }),
  })
  environment.globals.show = passContext((context: Context, name: string) => {
    assert.ok(context instanceof Context)
    return `${context.name}.${name}=${context.get(name)};`
  })
  assert.equal(environment.getTemplate('main').render({ b: 2 }), 'main.a=1;main.b=2;')
})

test('an import with context sees what is set before it, and not what is set after', () => {
  const loader = new DictLoader({ m: '{% macro f() %}{{ x }}{% endmacro %}' })
  const source = '{% set x = 1 %}{% import "m" as m with context %}{% set x = 2 %}{{ m.f() }}'
  assert.equal(new Environment({ loader }).fromString(source).render(), '1')
})

test('a namespace takes assignments, and nothing else does', () => {
  assert.equal(render('{% set ns = namespace(a=1) %}{% set ns.a, b = 2, 3 %}{{ ns.a }}{{ b }}'), '23')
  assert.throws(() => render('{% set o.a = 1 %}', { o: {} }), {
    name: 'TemplateRuntimeError',
    message: 'cannot assign attribute on non-namespace object',
  })
})

test('unpacking wants the right number of items', () => {
  assert.throws(() => render('{% set a, b = [1] %}'), {
    message: 'not enough values to unpack (expected 2, got 1)',
  })
  assert.throws(() => render('{% set a, b = [1, 2, 3] %}'), {
    message: 'too many values to unpack (expected 2)',
  })
  assert.equal(render('{% for (k, v), n in [[[1, 2], 3]] %}{{ k }}{{ v }}{{ n }}{% endfor %}'), '123')
})

test('the items that a filtered loop looks ahead to are those that its target took apart', () => {
  const source =
    '{% for a, b in [[1, 2], [0, 0], [3, 4]] if a %}{{ loop.nextitem }}{{ loop.length }};{% endfor %}'
  assert.equal(render(source), '(3, 4)2;2;')
})

test('the condition of a loop is asked as the loop goes on', () => {
  const source =
    '{% set ns = namespace(stop=false) %}{% for x in [1, 2, 3] if not ns.stop %}{{ x }}{% set ns.stop = x == 2 %}{% endfor %}'
  assert.equal(render(source), '12')
})
