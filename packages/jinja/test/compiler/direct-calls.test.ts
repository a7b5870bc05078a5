import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Environment } from '@flask-ts/jinja'

const field = '{% macro field(name, label="-", value="") %}[{{ name }}|{{ label }}|{{ value }}]{% endmacro %}'

function render(source: string, context: Record<string, unknown> = {}): string {
  return new Environment({ autoescape: true }).fromString(source).render(context)
}

function calls(source: string): { direct: number; general: number } {
  const { body } = new Environment({ autoescape: true }).compile(source)
  return { direct: body.split(' macroText(').length - 1, general: body.split('printCall(').length - 1 }
}

describe('calls of a macro of the same template', () => {
  it('bind named arguments while compiling', () => {
    const source = `${field}{{ field("a", value="<v>") }}{{ field(label="l", name="n") }}{{ field() }}`
    assert.deepEqual(calls(source), { direct: 3, general: 0 })
    assert.equal(render(source), '[a|-|&lt;v&gt;][n|l|][|-|]')
  })

  it('evaluate arguments in the order in which they are written', () => {
    const order: string[] = []
    const note = (text: string): string => {
      order.push(text)
      return text
    }
    const source = `${field}{{ field(value=note("1"), name=note("2")) }}`
    assert.equal(render(source, { note }), '[2|-|1]')
    assert.deepEqual(order, ['1', '2'])
  })

  it('go the general way where the name may stand for something else', () => {
    const again = `${field}{% if other %}{% macro field() %}other{% endmacro %}{% endif %}{{ field(1) }}`
    assert.equal(calls(again).direct, 0)
    assert.equal(render(again), '[1|-|]')
    const before = `{% if given %}{{ field(1) }}{% endif %}${field}`
    assert.equal(calls(before).direct, 0)
    assert.equal(render(before), '')
  })

  it('go the general way from outside of the branch that defines the macro', () => {
    const source = `{% if on %}${field}{{ field(1) }}{% else %}{{ field is defined }}{% endif %}{{ field(2) }}`
    assert.deepEqual(calls(source), { direct: 1, general: 1 })
    assert.equal(render(source, { on: true }), '[1|-|][2|-|]')
    assert.throws(() => render(source), { message: "'field' is undefined" })
  })

  it('go the general way where arguments do not fit, and fail there', () => {
    for (const [args, message] of [
      ['1, 2, 3, 4', "macro 'field' takes not more than 3 argument(s)"],
      ['1, colour=2', "macro 'field' takes no keyword argument 'colour'"],
    ] as const) {
      assert.equal(calls(`${field}{{ field(${args}) }}`).direct, 0)
      assert.throws(() => render(`${field}{{ field(${args}) }}`), { message })
    }
  })

  it('work within the macro itself', () => {
    const source =
      '{% macro count(n) %}{{ n }}{% if n > 0 %},{{ count(n - 1) }}{% endif %}{% endmacro %}{{ count(3) }}'
    assert.deepEqual(calls(source), { direct: 2, general: 0 })
    assert.equal(render(source), '3,2,1,0')
  })

  it('work from loops, call blocks and scopes of escaping', () => {
    const source =
      '{% macro box() %}({{ caller() }}){% endmacro %}{% macro b(x) %}<{{ x }}>{% endmacro %}' +
      '{% for i in [1, 2] %}{{ b(i) }}{% endfor %}{% call box() %}{{ b("&") }}{% endcall %}' +
      '{% autoescape false %}{{ b("&") }}{% endautoescape %}{{ b("&") }}'
    assert.equal(render(source), '<1><2>(<&amp;>)<&amp;><&amp;>')
  })
})
