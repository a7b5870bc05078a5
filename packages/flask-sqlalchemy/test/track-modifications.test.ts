import assert from 'node:assert/strict'
import { it } from 'node:test'
import { beforeModelsCommitted, type ModelChanges, modelsCommitted } from '@flask-ts/flask-sqlalchemy'
import { makeFilledApp } from './todo-app.ts'

it('tells of inserted, changed and deleted models around a commit', async () => {
  const { app, db, Todo } = await makeFilledApp(['a', 'b'], { SQLALCHEMY_TRACK_MODIFICATIONS: true })
  const told: string[] = []
  const tell =
    (when: string) =>
    (_app: object, { changes }: ModelChanges) =>
      told.push(...changes.map(([object, what]) => `${when} ${what} ${(object as { title: string }).title}`))
  using _before = beforeModelsCommitted.connectedTo(tell('before'), app)
  using _after = modelsCommitted.connectedTo(tell('after'), app)
  await app.withAppContext(async () => {
    db.session.add(new Todo({ title: 'c' }))
    await db.session.flush()
    await db.session.commit()
    const [a, b] = await Todo.query.orderBy('id').all()
    a!.title = 'changed'
    await db.session.delete(b!)
    await db.session.commit()
    await db.session.commit()
    a!.title = 'undone'
    await db.session.flush()
    await db.session.rollback()
    await db.session.commit()
  })
  assert.deepEqual(told, [
    'before insert c',
    'after insert c',
    'before update changed',
    'before delete b',
    'after update changed',
    'after delete b',
  ])
})

it('is silent unless configured', async () => {
  const told: unknown[] = []
  using _link = modelsCommitted.connectedTo((...args) => told.push(args))
  await makeFilledApp(['a'])
  assert.deepEqual(told, [])
})
