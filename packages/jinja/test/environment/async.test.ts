import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DictLoader, Environment } from '@flask-ts/jinja'

async function* numbers(): AsyncGenerator<number> {
  yield 1
  yield 2
  yield 3
}

const environment = new Environment({
  enableAsync: true,
  autoescape: true,
  loader: new DictLoader({
    base: '{% block a %}base{% endblock %} {{ self.a() }}',
    volatile: '{% block v %}{% autoescape off %}{{ fn("<") }}{% endautoescape %}{{ fn("<") }}{% endblock %}',
    child: '{% extends "base" %}{% block a %}{{ super() }}{{ later }}{% endblock %}',
    macros: '{% macro m(x) %}({{ x }}{{ caller() if caller }}){% endmacro %}',
  }),
})

const context = {
  numbers,
  later: Promise.resolve('<later>'),
  fn: async (x: unknown) => `fn ${x}`,
  yes: async () => true,
  off: false,
  object: { value: Promise.resolve({ name: 'inner' }) },
  tree: [{ v: 1, c: [{ v: 2, c: [] }] }],
}

const cases: readonly (readonly [behaviour: string, source: string, expected: string])[] = [
  ['variables that are promises are waited for', '{{ later }}', '&lt;later&gt;'],
  ['results of calls are waited for', '{{ fn(1)|upper }}{{ "y" if yes() }}', 'FN 1y'],
  ['attributes are waited for on the way', '{{ object.value.name }}', 'inner'],
  ['loops go over asynchronous iterables', '{% for x in numbers() %}{{ x }}{% endfor %}', '123'],
  [
    'the loop variable looks ahead',
    '{% for x in numbers() %}{{ loop.index }}/{{ loop.length }}{{ "." if loop.last }}{% endfor %}',
    '1/32/33/3.',
  ],
  [
    'loops filter asynchronous iterables',
    '{% for x in numbers() if x != 2 %}{{ x }}{{ loop.last }}{% endfor %}',
    '1False3True',
  ],
  ['an empty loop has its else', '{% for x in [] %}{{ x }}{% else %}none{% endfor %}', 'none'],
  ['loops recur', '{% for n in tree recursive %}{{ n.v }}({{ loop(n.c) }}){% endfor %}', '1(2())'],
  ['filters take asynchronous iterables', '{{ numbers()|map("string")|join("+") }}', '1+2+3'],
  [
    'macros, imports and call blocks are waited for',
    '{% from "macros" import m %}{{ m(fn(1)) }}{% call m(2) %}{{ fn(3) }}{% endcall %}',
    '(fn 1)(2fn 3)',
  ],
  [
    'blocks and what they override are waited for',
    '{% include "child" %}',
    'base&lt;later&gt; base&lt;later&gt;',
  ],
  [
    'captured output is waited for',
    '{% set x %}{{ fn(1) }}{% endset %}{% filter upper %}{{ x }}{% endfilter %}',
    'FN 1',
  ],
  ['missing templates are ignored if they may be', '{% include "nope" ignore missing %}ok', 'ok'],
]

for (const [behaviour, source, expected] of cases) {
  test(behaviour, async () => {
    const template = environment.fromString(source)
    assert.equal(await template.renderAsync(context), expected)
    const pieces = await Array.fromAsync(template.generateAsync(context))
    assert.equal(pieces.join(''), expected)
  })
}
