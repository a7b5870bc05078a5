import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  Column,
  createEngine,
  DetachedInstanceError,
  declarativeBase,
  ForeignKey,
  Integer,
  inspectObject,
  MissingGreenlet,
  ObjectDeletedError,
  one,
  relationship,
  Session,
  type SessionOptions,
  String,
  text,
} from '../../src/index.ts'

const base = declarativeBase()

class User extends base.Model(
  'user',
  {
    id: Column(Integer, { primaryKey: true }),
    username: Column(String(40), { nullable: false }),
    age: Column(Integer),
    version: Column(Integer, { nullable: false }),
    posts: relationship<Post[]>(() => Post, { backPopulates: 'author', cascade: 'all, delete-orphan' }),
  },
  { versionIdCol: 'version' },
) {}

class Post extends base.Model('post', {
  id: Column(Integer, { primaryKey: true }),
  title: Column(String(40), { nullable: false }),
  userId: Column(Integer, ForeignKey('user.id')),
  author: () => one(User, { backPopulates: 'posts' }),
}) {}

async function start(options: SessionOptions = {}) {
  const engine = createEngine('sqlite://')
  await base.metadata.createAll(engine)
  const session = new Session({ bind: engine, ...options })
  const ann = new User({ username: 'ann', age: 30, version: 1, posts: [new Post({ title: 'one' })] })
  const bob = new User({ username: 'bob', version: 1 })
  session.addAll([ann, bob])
  await session.commit()
  return { session, ann, bob }
}

test('values stay readable after commit()', async () => {
  await using started = (await start()).session
  const ann = [...started].find((object) => object instanceof User && object.username === 'ann') as User
  assert.equal(ann.age, 30)
  assert.deepEqual(inspectObject(ann).unloaded, [])
})

test('a change that no statement has seen is undone by rollback()', async () => {
  const { session, ann } = await start()
  ann.age = 31
  await session.rollback()
  assert.equal(ann.age, 30)
  assert.deepEqual(session.dirty, [])
  await session.close()
})

test('expireOnCommit forgets all but the key, and awaitableAttrs reads it from the database', async () => {
  const { session, ann } = await start({ expireOnCommit: true })
  assert.equal(ann.id, 1)
  assert.throws(() => ann.age, MissingGreenlet)
  await session.execute(text('UPDATE user SET age = 70 WHERE id = 1'))
  await session.commit()
  assert.equal(await ann.awaitableAttrs.age, 70)
  assert.equal(ann.username, 'ann')
  assert.deepEqual(
    (await ann.awaitableAttrs.posts).map((post) => post.title),
    ['one'],
  )
  await session.close()
})

test('expireOnCommit forgets at rollback() as well, and queries read again', async () => {
  const { session, ann } = await start({ expireOnCommit: true })
  ann.age = 5
  await session.flush()
  await session.rollback()
  assert.throws(() => ann.age, MissingGreenlet)
  assert.equal((await session.query(User).filterBy({ username: 'ann' }).one()).age, 30)
  assert.equal(ann.age, 30)
  await session.close()
})

test('a forgotten object can be changed and deleted: what its statements need is read first', async () => {
  const { session, ann, bob } = await start({ expireOnCommit: true })
  ann.age = 31
  await session.commit()
  assert.equal(await ann.awaitableAttrs.version, 2)
  session.delete(bob)
  session.delete(ann)
  await session.commit()
  assert.deepEqual(await session.query(Post).all(), [])
  assert.deepEqual(await session.query(User).all(), [])
  await session.close()
})

test('reading a forgotten object tells that its row is gone, or that it left its session', async () => {
  const { session, ann, bob } = await start({ expireOnCommit: true })
  await session.execute(text('DELETE FROM user WHERE id = 2'))
  await assert.rejects(async () => await bob.awaitableAttrs.age, ObjectDeletedError)
  session.expunge(ann)
  assert.throws(() => ann.age, DetachedInstanceError)
  await assert.rejects(async () => await ann.awaitableAttrs.posts, DetachedInstanceError)
  await session.close()
})

test('expire() follows the refresh-expire cascade and drops pending changes', async () => {
  const { session, ann } = await start()
  const [post] = ann.posts
  assert.ok(post)
  post.title = 'changed'
  ann.age = 99
  session.expire(ann)
  assert.deepEqual(session.dirty, [])
  assert.throws(() => post.title, MissingGreenlet)
  assert.equal(await post.awaitableAttrs.title, 'one')
  assert.equal(await ann.awaitableAttrs.age, 30)
  await session.close()
})

test('a child that goes to another parent is no orphan; one that loses its only parent is', async () => {
  const { session, ann, bob } = await start()
  const post = ann.posts[0] as Post
  ;(await bob.awaitableAttrs.posts).push(post)
  await session.commit()
  assert.equal(post.userId, bob.id)
  assert.equal(ann.posts.length, 0)
  post.author = null as never
  await session.commit()
  assert.deepEqual(await session.query(Post).all(), [])
  await session.close()
})

test('an orphan that a rollback gave back to its parent is not deleted later', async () => {
  const { session, ann } = await start()
  const post = ann.posts[0] as Post
  ann.posts.pop()
  await session.rollback()
  post.title = 'kept'
  await session.commit()
  assert.equal((await session.query(Post).one()).title, 'kept')
  await session.close()
})
