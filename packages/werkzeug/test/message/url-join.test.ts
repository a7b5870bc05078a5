import assert from 'node:assert/strict'
import { test } from 'node:test'
import { urlJoin } from '@flask-ts/werkzeug'

test('the examples of RFC 3986, section 5.4, come out as there', () => {
  const base = 'http://a/b/c/d;p?q'
  const cases: [link: string, url: string][] = [
    ['g', 'http://a/b/c/g'],
    ['./g', 'http://a/b/c/g'],
    ['g/', 'http://a/b/c/g/'],
    ['/g', 'http://a/g'],
    ['//g', 'http://g'],
    ['?y', 'http://a/b/c/d;p?y'],
    ['g?y', 'http://a/b/c/g?y'],
    ['#s', 'http://a/b/c/d;p?q#s'],
    ['g#s', 'http://a/b/c/g#s'],
    ['.', 'http://a/b/c/'],
    ['..', 'http://a/b/'],
    ['../g', 'http://a/b/g'],
    ['../../g', 'http://a/g'],
    ['../../../g', 'http://a/g'],
    ['g/./h', 'http://a/b/c/g/h'],
    ['mailto:x@y', 'mailto:x@y'],
    ['', base],
  ]
  for (const [link, url] of cases) assert.equal(urlJoin(base, link), url, link)
})
