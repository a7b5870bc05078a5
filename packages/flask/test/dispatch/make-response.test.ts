import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Flask, Markup, makeResponse, Response, type ResponseReturnValue, tuple } from 'flask-ts'

async function answerOf(value: () => ResponseReturnValue) {
  const app = new Flask('app')
  app.testing = true
  app.route('/view', { endpoint: 'theView' }, value)
  return app.testClient().get('/view')
}

test('text, bytes, markup, objects, arrays and maps have their types', async () => {
  const cases: [ResponseReturnValue, string, string][] = [
    ['text', 'text/html; charset=utf-8', 'text'],
    [Buffer.from('bytes'), 'text/html; charset=utf-8', 'bytes'],
    [new Markup('<b>'), 'text/html; charset=utf-8', '<b>'],
    [{ a: 1 }, 'application/json', '{"a":1}\n'],
    [['text', 201], 'application/json', '["text",201]\n'],
    [new Map([['k', 1]]), 'application/json', '{"k":1}\n'],
  ]
  for (const [value, type, text] of cases) {
    const answer = await answerOf(() => value)
    assert.deepEqual([answer.headers.get('Content-Type'), answer.text], [type, text])
  }
})

test('generators are streamed, also async ones', async () => {
  function* rows() {
    yield 'a'
    yield 'b'
  }
  async function* later() {
    yield 'c'
  }
  const answer = await answerOf(() => rows())
  assert.equal(answer.text, 'ab')
  assert.equal((await answerOf(() => tuple(later(), { 'X-A': '1' }))).text, 'c')
})

test('a tuple sets status and headers, also of a response', async () => {
  const made = await answerOf(() =>
    tuple(new Response('x', { headers: { 'X-A': '1' } }), '299 Odd', { 'X-A': '2', 'X-B': ['3', '4'] }),
  )
  assert.deepEqual(
    [made.status, made.headers.getlist('X-A'), made.headers.getlist('X-B')],
    [299, ['2'], ['3', '4']],
  )
})

test('an application answers itself, at once or later', async () => {
  const answer = await answerOf(() => async () => ({
    status: 201,
    headers: [['X-App', 'yes']],
    body: 'made',
  }))
  assert.deepEqual([answer.status, answer.headers.get('X-App'), answer.text], [201, 'yes', 'made'])
})

test('what is no response is an error that names the view and the type', async () => {
  await assert.rejects(
    answerOf(() => undefined as never),
    /The view function for 'theView' did not return a valid response.*returned undefined/,
  )
  await assert.rejects(
    answerOf(() => null),
    /returned null/,
  )
  await assert.rejects(
    answerOf(() => 42),
    /'theView'.*but it was a number/,
  )
  await assert.rejects(
    answerOf(() => new Date()),
    /but it was a Date/,
  )
  await assert.rejects(
    answerOf(() => tuple('a', 1, {}, 2)),
    /response tuple.*4 items/,
  )
  await assert.rejects(
    answerOf(() => () => 5),
    /no WSGI application: it gave number/,
  )
})

test('makeResponse takes what a view returns, in parts', async () => {
  await new Flask('app').withAppContext(() => {
    const response = makeResponse({ a: 1 }, 202, { 'X-A': '1' })
    assert.deepEqual([response.status, response.text, response.headers.get('X-A')], [202, '{"a":1}\n', '1'])
    assert.equal(makeResponse().text, '')
    assert.equal(makeResponse('x', { 'X-A': '1' }).headers.get('X-A'), '1')
  })
})
