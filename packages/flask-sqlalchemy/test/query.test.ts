import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Query } from '@flask-ts/flask-sqlalchemy'
import { NotFound } from '@flask-ts/werkzeug/exceptions'
import { makeFilledApp, makeTodoApp } from './todo-app.ts'

async function description(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
  } catch (error) {
    assert.ok(error instanceof NotFound, String(error))
    return error.description
  }
  throw new assert.AssertionError({ message: 'a 404 was expected' })
}

describe('queries that end with a 404', () => {
  it('give what is there', async () => {
    const { app, db, Todo } = await makeFilledApp(['a', 'b'])
    await app.withAppContext(async () => {
      assert.equal((await Todo.query.getOr404(1)).title, 'a')
      assert.equal((await Todo.query.orderBy('id').firstOr404()).title, 'a')
      assert.equal((await Todo.query.filterBy({ title: 'b' }).oneOr404()).id, 2)
      assert.equal((await db.getOr404(Todo, 2)).title, 'b')
      assert.equal((await db.firstOr404(db.select(Todo).orderBy(Todo.id.desc()))).id, 2)
      assert.equal((await db.oneOr404(db.select(Todo).filterBy({ id: 1 }))).title, 'a')
    })
  })

  it('end with a description or the usual one', async () => {
    const { app, db, Todo } = await makeFilledApp(['a', 'b'])
    await app.withAppContext(async () => {
      const nobody = Todo.query.filterBy({ id: 9 })
      assert.equal(await description(Todo.query.getOr404(9, 'no 9')), 'no 9')
      assert.match(String(await description(nobody.firstOr404())), /not found on the server/)
      assert.equal(await description(nobody.oneOr404('none')), 'none')
      assert.equal(await description(Todo.query.oneOr404('several')), 'several')
      assert.equal(await description(db.getOr404(Todo, 9, { description: 'no 9' })), 'no 9')
      const none = db.select(Todo).where(Todo.id.eq(9))
      assert.equal(await description(db.firstOr404(none, { description: 'first' })), 'first')
      assert.equal(await description(db.oneOr404(none, { description: 'one' })), 'one')
      assert.equal(await description(db.oneOr404(db.select(Todo), { description: 'two' })), 'two')
    })
  })

  it('keep their class through all methods', async () => {
    class Mine<T> extends Query<T> {
      open() {
        return this.filter(this.statement.filterEntity() && undefined)
      }
    }
    const { app, db, Todo } = makeTodoApp({}, { queryClass: Mine })
    using _context = app.appContext()
    assert.ok(Todo.query.filterBy({ id: 1 }).limit(1) instanceof Mine)
    assert.ok(db.session.query(Todo) instanceof Query)
  })
})
