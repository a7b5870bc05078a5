import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DictLoader, Environment } from '@flask-ts/jinja'

const macros =
  '{% macro field(name, value="") %}[{{ name }}|{{ value }}]{% endmacro %}' +
  '{% macro open(name) %}{{ name }}:{% for key in kwargs %}{{ key }}={{ kwargs[key] }};{% endfor %}{% endmacro %}'

function render(source: string, context: Record<string, unknown> = {}): string {
  const environment = new Environment({ autoescape: true, loader: new DictLoader({ macros, page: source }) })
  return environment.getTemplate('page').render(context)
}

describe('printed calls with named arguments', () => {
  it('reach macros of other templates', () => {
    const names = '{% from "macros" import field, open %}'
    assert.equal(render(`${names}{{ field("<", value="a") }}{{ field(value=1, name=2) }}`), '[&lt;|a][2|1]')
    assert.equal(render(`${names}{{ open("n", b=1, a=2) }}`), 'n:b=1;a=2;')
    assert.equal(render('{% import "macros" as m %}{{ m.field(value="&", name="x") }}'), '[x|&amp;]')
  })

  it('bind anew where one place calls different macros', () => {
    const source =
      '{% macro a(x, y=0) %}a{{ x }}{{ y }}{% endmacro %}{% macro b(y, x=0) %}b{{ x }}{{ y }}{% endmacro %}' +
      '{% for f in [a, b, a] %}{{ f(1, y=2) if f.name == "a" else "" }}{{ f(x=3, y=4) }},{% endfor %}'
    assert.equal(render(source), 'a12a34,b34,a12a34,')
  })

  it('fail as other calls do where the arguments do not fit', () => {
    const call = (args: string): string => `{% from "macros" import field %}{{ field(${args}) }}`
    assert.throws(() => render(call('1, colour=2')), {
      message: "macro 'field' takes no keyword argument 'colour'",
    })
    assert.throws(() => render(call('1, 2, 3, value=4')), { name: 'TypeError' })
  })

  it('give functions and methods of the host an object of options', () => {
    const show = (first: unknown, options: unknown): string => `${first} ${JSON.stringify(options)}`
    assert.equal(render('{{ show(1, size=2)|safe }}', { show }), '1 {"size":2}')
    assert.equal(render('{{ host.show(1, size=2)|safe }}', { host: { show } }), '1 {"size":2}')
    assert.equal(render('{{ "{a}-{b}".format(b=1, a="<") }}'), '&lt;-1')
  })
})
