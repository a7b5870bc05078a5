import assert from 'node:assert/strict'
import { test } from 'node:test'
import { httpDate, parseDate } from '@flask-ts/werkzeug/http'

const seconds = (text: string): number | undefined => {
  const date = parseDate(text)
  return date === undefined ? undefined : date.getTime() / 1000
}

test('the three forms of HTTP dates are read', () => {
  assert.equal(seconds('Sun, 06 Nov 1994 08:49:37 GMT'), 784111777)
  assert.equal(seconds('Sunday, 06-Nov-94 08:49:37 GMT'), 784111777)
  assert.equal(seconds('Sun Nov  6 08:49:37 1994'), 784111777)
})

test('zones are taken into account, a missing one is UTC', () => {
  assert.equal(seconds('Sun, 06 Nov 1994 08:49:37 +0100'), 784111777 - 3600)
  assert.equal(seconds('Sun, 06 Nov 1994 08:49:37 EST'), 784111777 + 5 * 3600)
  assert.equal(seconds('06 Nov 1994 08:49:37'), 784111777)
})

test('a wrong weekday is ignored and two-digit years pivot at 68', () => {
  assert.equal(seconds('Mon, 06 Nov 1994 08:49:37 GMT'), 784111777)
  assert.equal(parseDate('01 Jan 68 00:00:00 GMT')?.getUTCFullYear(), 2068)
  assert.equal(parseDate('01 Jan 69 00:00:00 GMT')?.getUTCFullYear(), 1969)
})

test('impossible dates are none', () => {
  for (const text of ['', 'today', '31 Feb 2020 00:00:00 GMT', '01 Jan 2020 24:00:00 GMT', '01 Jan 2020']) {
    assert.equal(parseDate(text), undefined, text)
  }
})

test('dates are written from instants and from seconds', () => {
  assert.equal(httpDate(784111777.9), 'Sun, 06 Nov 1994 08:49:37 GMT')
  assert.equal(httpDate(new Date(0)), 'Thu, 01 Jan 1970 00:00:00 GMT')
  assert.throws(() => httpDate(new Date(Number.NaN)), /not an instant/)
})
