import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Environment, findReferencedTemplates, findUndeclaredVariables } from '@flask-ts/jinja'

const environment = new Environment()
const undeclared = (source: string): string[] =>
  [...findUndeclaredVariables(environment, environment.parse(source))].sort()

test('undeclared variables are those that the context must have', () => {
  assert.deepEqual(undeclared('{% set foo = 42 %}{{ bar + foo }}{{ range(3) }}'), ['bar'])
  assert.deepEqual(undeclared('{% for x in xs %}{{ x }}{{ y }}{% endfor %}{{ x }}'), ['x', 'xs', 'y'])
  assert.deepEqual(
    undeclared('{% block b %}{{ q }}{% endblock %}{% macro m(a) %}{{ a }}{{ z }}{% endmacro %}'),
    ['q', 'z'],
  )
  assert.deepEqual(undeclared('{% if a %}{% set b = 1 %}{% endif %}{{ b }}'), ['a', 'b'])
})

test('referenced templates are listed, null where only the run can tell', () => {
  const source =
    '{% extends "layout.html" %}{% include helper %}{% import "m" as m %}{% include ["a", b] %}{% from "n" import x %}'
  assert.deepEqual(findReferencedTemplates(environment.parse(source)), [
    'layout.html',
    null,
    'm',
    'a',
    null,
    'n',
  ])
})
