import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joinUrl } from '../../src/routing/url-join.ts'

/** The examples of RFC 3986, section 5.4, where Python's `urljoin` agrees with them. */
const examples: Record<string, string> = {
  'g:h': 'g:h',
  g: 'http://a/b/c/g',
  './g': 'http://a/b/c/g',
  'g/': 'http://a/b/c/g/',
  '/g': 'http://a/g',
  '//g': 'http://g',
  '?y': 'http://a/b/c/d;p?y',
  'g?y': 'http://a/b/c/g?y',
  '#s': 'http://a/b/c/d;p?q#s',
  'g#s': 'http://a/b/c/g#s',
  'g?y#s': 'http://a/b/c/g?y#s',
  '': 'http://a/b/c/d;p?q',
  '.': 'http://a/b/c/',
  './': 'http://a/b/c/',
  '..': 'http://a/b/',
  '../': 'http://a/b/',
  '../g': 'http://a/b/g',
  '../..': 'http://a/',
  '../../g': 'http://a/g',
  '../../../g': 'http://a/g',
  '/./g': 'http://a/g',
  'g.': 'http://a/b/c/g.',
  './g/.': 'http://a/b/c/g/',
  'g/../h': 'http://a/b/c/h',
}

test('links are resolved as in RFC 3986', () => {
  for (const [link, url] of Object.entries(examples))
    assert.equal(joinUrl('http://a/b/c/d;p?q', link), url, link)
})

test('line breaks cannot hide a host', () => {
  assert.equal(joinUrl('http://a/', ' /\n/evil.test/x'), 'http://evil.test/x')
})
