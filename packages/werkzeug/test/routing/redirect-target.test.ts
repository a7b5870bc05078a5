import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Rule, UrlMap } from '@flask-ts/werkzeug/routing'

function targetOf(redirectTo: string): string {
  const map = new UrlMap([new Rule('/old', { endpoint: 'old', redirectTo })])
  const result = map.bind('a', { scriptName: '/b/c' }).lookup('/old')
  assert.equal(result.kind, 'redirect')
  return result.kind === 'redirect' ? result.url : ''
}

/** The examples of RFC 3986, section 5.4, where Python's `urljoin` agrees with them; the base ends with a slash here. */
const examples: Record<string, string> = {
  'g:h': 'g:h',
  g: 'http://a/b/c/g',
  './g': 'http://a/b/c/g',
  'g/': 'http://a/b/c/g/',
  '/g': 'http://a/g',
  '//g': 'http://g',
  '?y': 'http://a/b/c/?y',
  'g?y': 'http://a/b/c/g?y',
  '#s': 'http://a/b/c/#s',
  'g#s': 'http://a/b/c/g#s',
  'g?y#s': 'http://a/b/c/g?y#s',
  'g;x': 'http://a/b/c/g;x',
  '': 'http://a/b/c/',
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

test('targets are resolved against the mount point as in RFC 3986', () => {
  for (const [target, url] of Object.entries(examples)) assert.equal(targetOf(target), url, target)
})

test('line breaks cannot hide a host', () => {
  assert.equal(targetOf(' /\n/evil.test/x'), 'http://evil.test/x')
})
