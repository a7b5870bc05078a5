import assert from 'node:assert/strict'
import { it } from 'node:test'
import { getRecordedQueries } from '@flask-ts/flask-sqlalchemy'
import { makeFilledApp } from './todo-app.ts'

it('keeps the queries of the context when configured', async () => {
  const { app, Todo } = await makeFilledApp(['a'], { SQLALCHEMY_RECORD_QUERIES: true })
  await app.withAppContext(async () => {
    assert.deepEqual(getRecordedQueries(), [])
    await Todo.query.filterBy({ title: 'a' }).all()
    const [info, ...more] = getRecordedQueries()
    assert.equal(more.length, 0)
    assert.match(info!.statement, /FROM todo/)
    assert.deepEqual(info!.parameters, ['a'])
    assert.ok(info!.duration >= 0 && info!.endTime >= info!.startTime)
  })
  await app.withAppContext(() => assert.deepEqual(getRecordedQueries(), []))
})

it('keeps nothing unless configured', async () => {
  const { app, Todo } = await makeFilledApp(['a'])
  await app.withAppContext(async () => {
    await Todo.query.all()
    assert.deepEqual(getRecordedQueries(), [])
  })
  assert.deepEqual(getRecordedQueries(), [])
})

it('keeps them in debug mode', async () => {
  const { app, Todo } = await makeFilledApp([], { DEBUG: true })
  await app.withAppContext(async () => {
    await Todo.query.all()
    assert.equal(getRecordedQueries().length, 1)
  })
})

it('tells where in the application a query was executed', async () => {
  const { app, Todo } = await makeFilledApp(['a'], { SQLALCHEMY_RECORD_QUERIES: true })
  app.get('/', async function list() {
    await Todo.query.all()
    return getRecordedQueries().map((info) => info.location)
  })
  const [location] = (await app.testClient().get('/')).json as [string]
  assert.match(location, /record-queries\.test\.ts:\d+ \(.*list\)$/)
})
