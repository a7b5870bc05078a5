import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DictLoader, Environment, TemplateModule } from '@flask-ts/jinja'

const loader = new DictLoader({
  base: '<{% block a %}A{% endblock %}>{{ self.a() }}',
  main: '{% extends "base" %}{% block a %}{{ super() }}{% include "part" %}{% endblock %}',
  part: '[{% for i in range(3) %}{{ i }}{% endfor %}]',
  macros:
    '{% set version = 2 %}{% macro hello(name, mark="!") %}Hello {{ name }}{{ mark }}{% endmacro %}text',
})

test('a template is rendered with an object, a Map, an instance, or nothing', () => {
  const template = new Environment().fromString('{{ a }}')
  class Instance {
    a = 3
  }
  assert.equal(template.render({ a: 1 }), '1')
  assert.equal(template.render(new Map([['a', 2]])), '2')
  assert.equal(template.render(new Instance() as unknown as Record<string, unknown>), '3')
  assert.equal(template.render(), '')
})

test('streamed pieces make up the rendered text, also through inheritance and includes', () => {
  const template = new Environment({ loader }).getTemplate('main')
  assert.deepEqual([...template.generate()].filter(Boolean), [
    '<',
    'A',
    '[',
    '0',
    '1',
    '2',
    ']',
    '>',
    'A[012]',
  ])
  assert.equal([...template.generate()].join(''), template.render())
})

test('a stream begins before the template is through', () => {
  const template = new Environment().fromString('first{{ boom() }}')
  const pieces = template.generate({
    boom() {
      throw new Error('later')
    },
  })
  assert.equal(pieces.next().value, 'first')
  assert.throws(() => pieces.next(), { message: 'later' })
})

test('a stream can join its pieces', () => {
  const stream = new Environment({ loader }).getTemplate('part').stream()
  stream.enableBuffering(3)
  assert.deepEqual([...stream], ['[01', '2]'])
  assert.throws(() => stream.enableBuffering(1), { name: 'ValueError' })
})

test('a stream is dumped to anything that takes text', () => {
  const written: string[] = []
  new Environment({ loader })
    .getTemplate('part')
    .stream()
    .dump({ write: (text) => written.push(text) })
  assert.equal(written.join(''), '[012]')
})

test('a module gives macros and variables to programs', () => {
  const { module } = new Environment({ loader, autoescape: true }).getTemplate('macros')
  assert.ok(module instanceof TemplateModule)
  assert.equal(module.exported.version, 2)
  assert.equal(String(module), 'text')
  const hello = module.exported.hello as (...args: unknown[]) => unknown
  assert.equal(String(hello('<World>')), 'Hello &lt;World&gt;!')
})

test('rendering the wrong way for the mode says which way is right', () => {
  const sync = new Environment().fromString('')
  const later = new Environment({ enableAsync: true }).fromString('')
  assert.throws(() => later.render(), { name: 'RuntimeError', message: /use renderAsync$/ })
  assert.rejects(sync.renderAsync(), { name: 'RuntimeError', message: /use render$/ })
})
