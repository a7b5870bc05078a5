import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ContentRange, IfRange, InvalidRange, Range } from '@flask-ts/werkzeug/datastructures'

test('a single range of bytes is fitted to a length', () => {
  assert.deepEqual(Range.fromHeader('bytes=0-9')?.rangeForLength(5), [0, 5])
  assert.deepEqual(Range.fromHeader('bytes=-3')?.rangeForLength(10), [7, 10])
  assert.deepEqual(Range.fromHeader('bytes=4-')?.rangeForLength(10), [4, 10])
  assert.equal(Range.fromHeader('bytes=20-')?.rangeForLength(10), undefined)
  assert.equal(Range.fromHeader('bytes=0-1,3-4')?.rangeForLength(10), undefined)
  assert.equal(Range.fromHeader('lines=0-1')?.rangeForLength(10), undefined)
})

test('ranges must ascend, a suffix comes last', () => {
  assert.deepEqual(Range.fromHeader('bytes=0-0,5-9,-3')?.ranges, [
    [0, 1],
    [5, 10],
    [-3, null],
  ])
  for (const header of ['bytes=5-9,0-1', 'bytes=-3,5-6', 'bytes=9-3', 'bytes=x-', 'bytes', 'bytes=']) {
    assert.equal(Range.fromHeader(header), undefined, header)
  }
})

test('impossible ranges are refused', () => {
  assert.throws(() => new Range('bytes', [[9, 3]]), InvalidRange)
  assert.throws(() => new ContentRange('bytes', 10, 5, 100), InvalidRange)
})

test('a content range tells when it changes', () => {
  const range = new ContentRange('bytes', 0, 10, 100)
  const seen: string[] = []
  range.onUpdate = (value) => seen.push(value.toHeader())
  range.set(5, 10)
  range.length = 50
  range.unset()
  assert.deepEqual(seen, ['bytes 5-9/*', 'bytes 5-9/50', ''])
  assert.equal(range.isSet, false)
})

test('content ranges are read', () => {
  assert.equal(ContentRange.fromHeader('bytes 0-9/10')?.stop, 10)
  assert.equal(ContentRange.fromHeader('bytes */10')?.start, null)
  assert.equal(ContentRange.fromHeader('bytes 9-0/10'), undefined)
  assert.equal(ContentRange.fromHeader('bytes'), undefined)
})

test('If-Range is a date or a strong tag', () => {
  assert.equal(IfRange.fromHeader('"a"').etag, 'a')
  assert.equal(IfRange.fromHeader('W/"a"').etag, null)
  assert.equal(IfRange.fromHeader('Sun, 06 Nov 1994 08:49:37 GMT').date?.getTime(), 784111777000)
  assert.equal(new IfRange(null, new Date(0)).toHeader(), 'Thu, 01 Jan 1970 00:00:00 GMT')
})
