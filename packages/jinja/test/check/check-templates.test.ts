import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import {
  type CheckTemplatesOptions,
  checkTemplates,
  DictLoader,
  Environment,
  FileSystemLoader,
} from '@flask-ts/jinja'

function problems(templates: Record<string, string>, options?: CheckTemplatesOptions): string[] {
  const environment = new Environment({ loader: new DictLoader(templates), extensions: ['do'] })
  const found = checkTemplates(environment, options).problems
  return found.map(({ template, lineno, message }) => `${template}:${lineno}: ${message}`)
}

describe('checking templates', () => {
  it('finds errors of syntax, each at its place', () => {
    const templates = { a: 'x\n{% if %}', b: '{{ 1 }}', c: '{% endfor %}' }
    assert.deepEqual(problems(templates), [
      "a:2: Expected an expression, got 'end of statement block'",
      "c:1: Encountered unknown tag 'endfor'.",
    ])
  })

  it('finds unknown filters and tests, also where they may never be reached', () => {
    const templates = { a: '{{ 1|nope }}\n{% if false %}{{ 1|nope }}{% endif %}\n{{ 1 is odd2 }}' }
    assert.deepEqual(problems(templates), [
      "a:1: No filter named 'nope'.",
      "a:2: No filter named 'nope'.",
      "a:3: No test named 'odd2'.",
    ])
    assert.deepEqual(problems({ a: "{% if 'nope' is filter %}{{ 1|nope }}{% endif %}" }), [])
  })

  it('finds templates and names of templates that are not there', () => {
    const templates = {
      a: '{% extends "base" %}\n{% include "b" ignore missing %}{% include ["b", "m"] %}{% include which %}',
      f: '{% from "m" import one, two %}\n{% include ["x", "y"] %}',
      m: '{% macro one() %}{% endmacro %}',
    }
    assert.deepEqual(problems(templates, { names: ['which'] }), [
      "a:1: template not found: 'base'",
      "f:1: the template 'm' does not export the requested name 'two'",
      "f:2: template not found: 'x', 'y'",
    ])
  })

  it('finds names that nobody gives a value', () => {
    const source =
      '{{ user }}{% for x in xs %}{{ x }}{{ range(3) }}{% endfor %}\n{{ usr.name }}{{ usr }}\n{{ x }}'
    assert.deepEqual(problems({ a: source }, { names: ['user', 'xs'] }), ["a:2: unknown name 'usr'"])
    assert.deepEqual(problems({ a: source }, { names: null }), [])
  })

  it('lets names be missing that are asked for carefully', () => {
    const source = '{% if user is defined %}{{ user.name }}{% endif %}{{ title|default("x") }}{{ other }}'
    assert.deepEqual(problems({ a: source }), ["a:1: unknown name 'other'"])
  })

  it('knows what included and extended templates see', () => {
    const templates = {
      page: '{% extends "base" %}{% set title = 1 %}{% block b %}{{ lang }}{% endblock %}',
      base: '{% set lang = 2 %}{{ title }}{% for row in [1] %}{% include "row" %}{% endfor %}{% block b %}{% endblock %}',
      row: '{{ row }}{{ title }}{{ lang }}{{ nobody }}',
      alone: '{{ row }}{% import "macros" as m %}{% set inner = 1 %}{{ m.f(inner) }}',
      macros: '{% macro f(a) %}{{ a }}{{ varargs }}{{ inner }}{% endmacro %}',
    }
    assert.deepEqual(problems(templates), [
      "alone:1: unknown name 'row'",
      "macros:1: unknown name 'inner'",
      "row:1: unknown name 'nobody'",
    ])
  })

  it('reads only the templates that are wanted', () => {
    assert.deepEqual(
      problems({ 'a.html': '{{', 'b.css': '{{' }, { filter: (name) => name.endsWith('.css') }),
      ["b.css:1: unexpected 'end of template'"],
    )
  })
  it('reports files that are no text', () => {
    const folder = mkdtempSync(join(tmpdir(), 'check-'))
    writeFileSync(join(folder, 'image.png'), new Uint8Array([0xff, 0xfe, 0xff]))
    const { problems: found } = checkTemplates(new Environment({ loader: new FileSystemLoader(folder) }))
    rmSync(folder, { recursive: true })
    assert.match(found[0]?.message ?? '', /^cannot be read: /)
  })
})
