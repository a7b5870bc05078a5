import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Session } from '@flask-ts/flask-sqlalchemy'
import { IntegrityError } from '@flask-ts/sqlalchemy'
import { makeFilledApp, makeTodoApp } from './todo-app.ts'

describe('db.session', () => {
  it('is one for each context', async () => {
    const { app, db } = makeTodoApp()
    const sessions = await Promise.all(
      [1, 2].map(() => app.withAppContext(() => [db.session(), db.session()])),
    )
    assert.equal(sessions[0]![0], sessions[0]![1])
    assert.notEqual(sessions[0]![0], sessions[1]![0])
    assert.ok(sessions[0]![0] instanceof Session)
  })

  it('rolls back what a context leaves uncommitted', async () => {
    const { app, db, Todo } = await makeFilledApp(['kept'])
    await app.withAppContext(async () => {
      db.session.add(new Todo({ title: 'lost' }))
      await db.session.flush()
    })
    await app.withAppContext(async () => {
      const rows = await Todo.query.all()
      assert.deepEqual(
        rows.map((todo) => todo.title),
        ['kept'],
      )
    })
  })

  it('gives its connection back when the view fails', async () => {
    const { app, db, Todo } = await makeFilledApp([])
    app.config.PROPAGATE_EXCEPTIONS = false
    app.get('/fail', async function fail() {
      db.session.add(new Todo({ title: 'lost' }))
      await db.session.flush()
      throw new Error('after the flush')
    })
    app.logger = { ...app.logger, error: () => undefined } as never
    const client = app.testClient()
    for (let count = 0; count < 3; count++) assert.equal((await client.get('/fail')).statusCode, 500)
    await app.withAppContext(async () => {
      assert.equal(db.engine.pool.status().checkedOut, 0)
      assert.equal(await Todo.query.count(), 0)
    })
  })

  it('begins anew after remove()', async () => {
    const { app, db, Todo } = await makeFilledApp(['one'])
    await app.withAppContext(async () => {
      const before = await Todo.query.one()
      await db.session.remove()
      assert.notEqual(await Todo.query.one(), before)
    })
  })

  it('goes on after a failed commit was rolled back', async () => {
    const { app, db, Todo } = await makeFilledApp(['one'])
    await app.withAppContext(async () => {
      db.session.add(new Todo({ id: 1, title: 'taken' }))
      await assert.rejects(db.session.commit(), IntegrityError)
      await db.session.rollback()
      assert.equal((await Todo.query.one()).title, 'one')
    })
  })

  it('can be of a class and scope of one’s own', async () => {
    class Mine extends Session {}
    const scope = {}
    const { app, db } = makeTodoApp({}, { sessionOptions: { class: Mine, scopefunc: () => scope } })
    await app.withAppContext(async () => {
      const session = db.session()
      assert.ok(session instanceof Mine)
      await app.withAppContext(() => assert.equal(db.session(), session))
    })
  })
})
