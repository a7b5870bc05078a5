import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Markup } from '@flask-ts/markupsafe'
import { Kwargs } from '../../src/python/call.ts'
import { repr } from '../../src/python/print.ts'
import { Undefined } from '../../src/undefined/undefined.ts'
import { makeFilters } from './host.ts'

const { filter } = makeFilters()
const escaping = makeFilters({ autoescape: true })

test('case, padding and counting', () => {
  assert.equal(filter('title', "foo bar-baz (x) they're"), "Foo Bar-Baz (X) They're")
  assert.equal(filter('capitalize', 'aBC'), 'Abc')
  assert.equal(filter('center', 'a', 5), '  a  ')
  assert.equal(filter('trim', 'xxaxx', 'x'), 'a')
  assert.equal(filter('wordcount', 'a b-c d_e é'), 5)
  assert.equal(filter('upper', new Undefined()), '')
  assert.equal(repr(filter('upper', new Markup('<b>'))), "Markup('<B>')")
})

test('truncate keeps words, counts code points and has leeway', () => {
  assert.equal(filter('truncate', 'foo bar baz qux', 9), 'foo...')
  assert.equal(filter('truncate', 'foo bar baz qux', 9, true), 'foo ba...')
  assert.equal(filter('truncate', 'foo bar baz qux', 11), 'foo bar baz qux')
  assert.equal(filter('truncate', '😀😀😀😀', 3, true, '.', 0), '😀😀.')
  assert.throws(() => filter('truncate', 'x', 1), /expected length >= 3, got 1/)
})

test('indent leaves the first and blank lines alone unless asked', () => {
  assert.equal(filter('indent', 'a\n\nb', 2), 'a\n\n  b')
  assert.equal(filter('indent', 'a\n\nb', 2, true, true), '  a\n  \n  b')
  assert.equal(filter('indent', 'a\nb', '> '), 'a\n> b')
})

test('wordwrap breaks at hyphens and long words', () => {
  assert.equal(filter('wordwrap', 'a well-known thing', 8), 'a well-\nknown\nthing')
  assert.equal(filter('wordwrap', 'abcdefghij', 4), 'abcd\nefgh\nij')
  assert.equal(filter('wordwrap', 'abcdefghij k', 4, false), 'abcdefghij\nk')
})

test('replace and join escape where markup is involved', () => {
  assert.equal(filter('replace', 'aab', 'a', 'x', 1), 'xab')
  assert.equal(repr(escaping.filter('replace', '<a>', 'a', new Markup('<b>'))), "Markup('&lt;<b>&gt;')")
  assert.equal(filter('join', [1, '<', null], '|'), '1|<|None')
  assert.equal(repr(escaping.filter('join', ['<', new Markup('<b>')], '&')), "Markup('&lt;&amp;<b>')")
  assert.equal(filter('join', [{ a: 1 }, { a: 2 }], new Kwargs({ d: ',', attribute: 'a' })), '1,2')
})

test('format takes values or names, not both', () => {
  assert.equal(filter('format', '%s-%s', 1, 2), '1-2')
  assert.equal(filter('format', '%(a)s', new Kwargs({ a: 1 })), '1')
  assert.throws(() => filter('format', '%s', 1, new Kwargs({ a: 1 })), /at the same time/)
})

test('HTML: escaping, attributes, tags', () => {
  assert.equal(String(filter('escape', '<')), '&lt;')
  assert.equal(String(filter('forceescape', new Markup('<'))), '&lt;')
  assert.equal(filter('striptags', '<p>a &amp; <b>b</b></p>'), 'a & b')
  assert.equal(filter('xmlattr', { a: '<', b: null, c: 1 }), ' a="&lt;" c="1"')
  assert.throws(() => filter('xmlattr', { 'a b': 1 }), /Invalid character in attribute name: 'a b'/)
  assert.equal(filter('urlencode', 'a/b é?'), 'a/b%20%C3%A9%3F')
  assert.equal(filter('urlencode', { 'a b': 1, c: '/' }), 'a+b=1&c=%2F')
})

test('urlize finds addresses and leaves punctuation outside', () => {
  assert.equal(
    filter('urlize', 'see (www.example.com/a_(b)), now'),
    'see (<a href="https://www.example.com/a_(b)" rel="noopener">www.example.com/a_(b)</a>), now',
  )
  assert.equal(filter('urlize', 'foo@bar.com'), '<a href="mailto:foo@bar.com">foo@bar.com</a>')
  assert.throws(() => filter('urlize', 'x', new Kwargs({ extra_schemes: ['no'] })), /'no' is not a valid URI/)
})

test('tojson is safe inside scripts and sorts keys', () => {
  assert.equal(
    String(filter('tojson', { b: "</script>&'", a: [1, 1.5, null, true, 'é'] })),
    '{"a": [1, 1.5, null, true, "\\u00e9"], "b": "\\u003c/script\\u003e\\u0026\\u0027"}',
  )
  assert.equal(String(filter('tojson', [1], 2)), '[\n  1\n]')
  assert.throws(() => filter('tojson', new Undefined()), /Object of type Undefined is not JSON serializable/)
})

test('pprint breaks lines at eighty characters', () => {
  assert.equal(filter('pprint', { b: 1, a: 'x' }), "{'a': 'x', 'b': 1}")
  const long = filter('pprint', ['x'.repeat(50), 'y'.repeat(50)])
  assert.equal(long, `['${'x'.repeat(50)}',\n '${'y'.repeat(50)}']`)
})
