import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Flask } from 'flask-ts'

function caught(work: () => void): string {
  const { write } = process.stderr
  let text = ''
  process.stderr.write = ((chunk: string) => {
    text += chunk
    return true
  }) as typeof write
  try {
    work()
  } finally {
    process.stderr.write = write
  }
  return text
}

test('lines have the time, the level and the application, and an error its stack', () => {
  const app = new Flask('shop')
  const text = caught(() => {
    app.logger.info('not shown')
    app.logger.error({ err: new RangeError('boom') }, 'Exception on / [GET]')
  })
  assert.match(
    text,
    /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}] ERROR in shop: Exception on \/ \[GET]\nRangeError: boom\n {4}at /,
  )
  assert.doesNotMatch(text, /not shown/)
})

test('in debug mode everything is shown', () => {
  const app = new Flask('shop')
  app.debug = true
  assert.match(
    caught(() => app.logger.debug('fine')),
    /DEBUG in shop: fine\n$/,
  )
})
