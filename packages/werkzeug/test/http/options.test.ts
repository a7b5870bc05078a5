import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dumpOptionsHeader, parseOptionsHeader } from '@flask-ts/werkzeug/http'

test('a value keeps its case, keys become lower case', () => {
  assert.deepEqual(parseOptionsHeader('Text/HTML; CharSet=UTF-8'), ['Text/HTML', { charset: 'UTF-8' }])
})

test('nothing gives an empty value', () => {
  assert.deepEqual(parseOptionsHeader(undefined), ['', {}])
  assert.deepEqual(parseOptionsHeader('; a=b'), ['', {}])
})

test('quoted parameters may contain semicolons and escaped quotes', () => {
  const [, options] = parseOptionsHeader('form-data; name="a;b"; filename="say \\"hi\\" %22.txt"')
  assert.deepEqual(options, { name: 'a;b', filename: 'say "hi" ".txt' })
})

test('an unclosed quote drops its parameter only', () => {
  assert.deepEqual(parseOptionsHeader('a; x=1; y="open')[1], { x: '1' })
})

test('encoded and continued parameters are decoded and joined in their order', () => {
  const [, options] = parseOptionsHeader("attachment; filename*0*=UTF-8''f%C3%BC; filename*1*=r%20you.txt")
  assert.deepEqual(options, { filename: 'für you.txt' })
})

test('an unknown charset leaves the escapes', () => {
  assert.deepEqual(parseOptionsHeader("a; x*=koi8-r''%C1")[1], { x: '%C1' })
})

test('the last of repeated keys wins, and a key named __proto__ is only a key', () => {
  const [, options] = parseOptionsHeader('a; x=1; x=2; __proto__=3')
  assert.equal(options.x, '2')
  assert.deepEqual(Object.keys(options), ['x', '__proto__'])
})

test('dumping quotes what is no token and leaves out what is null', () => {
  assert.equal(
    dumpOptionsHeader('attachment', { filename: 'a b.txt', size: 5, none: null, 'x*': "UTF-8''%41" }),
    'attachment; filename="a b.txt"; size=5; x*=UTF-8\'\'%41',
  )
  assert.equal(dumpOptionsHeader(null, { a: 'b' }), 'a=b')
})
