import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  Accept,
  CharsetAccept,
  InvalidMimetype,
  LanguageAccept,
  MIMEAccept,
} from '@flask-ts/werkzeug/datastructures'
import { parseAcceptHeader } from '@flask-ts/werkzeug/http'

test('items are sorted by quality, equal ones keep their order', () => {
  assert.deepEqual(
    [...Accept.fromHeader('a;q=0.5, b, c')],
    [
      ['b', 1],
      ['c', 1],
      ['a', 0.5],
    ],
  )
})

test('items with an impossible quality are dropped', () => {
  assert.equal(Accept.fromHeader('a;q=2, b;q=x, c;q=-1, d').toHeader(), 'd')
})

test('a missing header is known from an empty one', () => {
  assert.equal(Accept.fromHeader(undefined).provided, false)
  assert.equal(Accept.fromHeader(' ').provided, true)
})

test('quality 0 never wins, the first offer wins a tie', () => {
  const accept = MIMEAccept.fromHeader('text/html;q=0, */*')
  assert.equal(accept.bestMatch(['text/html']), undefined)
  assert.equal(accept.bestMatch(['image/png', 'text/plain']), 'image/png')
  assert.equal(accept.bestMatch(['text/html'], 'none'), 'none')
})

test('the more specific range decides', () => {
  const accept = parseAcceptHeader('text/*;q=0.9, text/html;q=0.5, */*;q=0.8', MIMEAccept)
  assert.equal(accept.quality('text/html'), 0.5)
  assert.equal(accept.quality('text/plain'), 0.9)
  assert.equal(accept.quality('image/png'), 0.8)
  assert.ok(accept.acceptHtml && accept.acceptJson)
})

test('asking for what is no media type is a mistake of the program', () => {
  assert.throws(() => MIMEAccept.fromHeader('a/b').has('html'), InvalidMimetype)
})

test('languages fall back to their primary tag on either side', () => {
  assert.equal(LanguageAccept.fromHeader('en-US').bestMatch(['de', 'en']), 'en')
  assert.equal(LanguageAccept.fromHeader('en').bestMatch(['de', 'en-GB']), 'en-GB')
  assert.equal(LanguageAccept.fromHeader('fr').bestMatch(['de'], 'de'), 'de')
})

test('character sets have several names', () => {
  assert.ok(CharsetAccept.fromHeader('ISO-8859-1').has('latin1'))
})
