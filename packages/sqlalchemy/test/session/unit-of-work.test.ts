import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import {
  Boolean,
  Column,
  DateTime,
  declarativeBase,
  type Engine,
  ForeignKey,
  func,
  Integer,
  IntegrityError,
  many,
  one,
  PendingRollbackError,
  relationship,
  Session,
  StaleDataError,
  String,
  select,
  Table,
} from '../../src/index.ts'
import { onEveryDatabase } from '../support/databases.ts'

await onEveryDatabase('unit of work', (database) => {
  const base = declarativeBase()
  class User extends base.Model('user', {
    id: Column(Integer, { primaryKey: true }),
    username: Column(String(80), { unique: true, nullable: false }),
    active: Column(Boolean, { default: true, nullable: false }),
    created: Column(DateTime, { serverDefault: func.now() }),
    posts: relationship<Post[]>(() => Post, {
      backPopulates: 'author',
      orderBy: 'Post.id',
      cascade: 'all, delete-orphan',
    }),
    notes: relationship<Note[]>(() => Note, { backPopulates: 'user' }),
    profile: relationship<Profile | null>(() => Profile, {
      backPopulates: 'user',
      uselist: false,
      cascade: 'all',
    }),
  }) {
    greet() {
      return `hi ${this.username}`
    }
  }
  const postTag = Table('post_tag', base.metadata, {
    postId: Column(Integer, ForeignKey('post.id'), { primaryKey: true }),
    tagId: Column(Integer, ForeignKey('tag.id'), { primaryKey: true }),
  })
  class Post extends base.Model('post', {
    id: Column(Integer, { primaryKey: true }),
    title: Column(String(120), { nullable: false }),
    userId: Column(Integer, ForeignKey('user.id'), { nullable: false }),
    author: () => one(User, { backPopulates: 'posts' }),
    tags: () => many(Tag, { secondary: postTag, backPopulates: 'posts', orderBy: 'name' }),
  }) {}
  class Tag extends base.Model('tag', {
    id: Column(Integer, { primaryKey: true }),
    name: Column(String(20), { nullable: false, unique: true }),
    posts: relationship<Post[]>(() => Post, { secondary: postTag, backPopulates: 'tags', orderBy: 'id' }),
  }) {}
  class Note extends base.Model('note', {
    id: Column(Integer, { primaryKey: true }),
    text: Column(String(50)),
    userId: Column(Integer, ForeignKey('user.id')),
    user: () => one(User, { backPopulates: 'notes' }),
  }) {}
  class Profile extends base.Model('profile', {
    id: Column(Integer, { primaryKey: true }),
    bio: Column(String(50)),
    userId: Column(Integer, ForeignKey('user.id'), { unique: true }),
    user: () => one(User, { backPopulates: 'profile' }),
  }) {}
  class Node extends base.Model('node', {
    id: Column(Integer, { primaryKey: true }),
    name: Column(String(20), { nullable: false }),
    parentId: Column(Integer, ForeignKey('node.id')),
    children: relationship<Node[]>(() => Node, { backPopulates: 'parent', cascade: 'all', orderBy: 'name' }),
    parent: relationship<Node | null>(() => Node, { backPopulates: 'children', remoteSide: 'id' }),
  }) {}
  class Counter extends base.Model(
    'counter',
    {
      id: Column(Integer, { primaryKey: true }),
      value: Column(Integer, { nullable: false }),
      version: Column(Integer, { nullable: false, default: 1 }),
    },
    { versionIdCol: 'version' },
  ) {}

  let engine: Engine
  let session: Session
  before(() => {
    engine = database.engine()
  })
  beforeEach(async () => {
    await session?.close()
    await base.metadata.dropAll(engine)
    await base.metadata.createAll(engine)
    session = new Session({ bind: engine })
  })
  after(() => session.close())
  const names = async (of = session) =>
    (await of.query(User).orderBy(User.username)).map((user) => user.username)

  test('defaults fill what was left out, keys and server defaults come back', async () => {
    const user = new User({ username: 'ada' })
    assert.equal(user.id, null)
    assert.equal(user.active, null)
    session.add(user)
    assert.deepEqual(session.new, [user])
    await session.flush()
    assert.equal(user.id, 1)
    assert.equal(user.active, true)
    assert.ok(user.created instanceof Date)
    assert.ok(Math.abs(Date.now() - user.created.getTime()) < 48 * 3600 * 1000)
    assert.equal(user.greet(), 'hi ada')
  })

  test('one row is one object', async () => {
    session.add(new User({ username: 'ada' }))
    await session.commit()
    const first = await session.query(User).first()
    assert.equal(await session.get(User, 1), first)
    assert.equal(await session.get(User, 2), null)
    assert.equal((await session.execute(select(User))).scalarOne(), first)
  })

  test('a query sees pending changes, and rollback takes them back', async () => {
    const user = new User({ username: 'ada' })
    session.add(user)
    await session.commit()
    user.username = 'eve'
    session.add(new User({ username: 'bob' }))
    assert.deepEqual(await names(), ['bob', 'eve'])
    await session.rollback()
    assert.equal(user.username, 'ada')
    assert.deepEqual(await names(), ['ada'])
  })

  test('a failed flush needs a rollback, which restores the objects', async () => {
    session.addAll([new User({ username: 'ada' }), new User({ username: 'bob' })])
    await session.commit()
    const bob = await session.query(User).filterBy({ username: 'bob' }).one()
    bob.username = 'ada'
    await assert.rejects(session.commit(), (error: unknown) => {
      assert.ok(error instanceof IntegrityError)
      assert.match(error.statement, /^UPDATE/)
      assert.ok(error.orig)
      return true
    })
    await assert.rejects(names(), PendingRollbackError)
    await session.rollback()
    assert.equal(bob.username, 'bob')
    assert.deepEqual(await names(), ['ada', 'bob'])
  })

  test('both sides of a relationship follow each other', async () => {
    const ada = new User({ username: 'ada' })
    const post = new Post({ title: 'one', author: ada })
    assert.deepEqual([...ada.posts], [post])
    const second = new Post({ title: 'two' })
    ada.posts.push(second)
    assert.equal(second.author, ada)
    session.add(ada)
    await session.commit()
    assert.equal(post.userId, ada.id)
    assert.equal(second.userId, ada.id)
    const bob = new User({ username: 'bob' })
    session.add(bob)
    second.author = bob
    assert.deepEqual([...ada.posts], [post])
    await session.commit()
    assert.equal(second.userId, bob.id)
    assert.equal(await session.query(Post).filterBy({ userId: 2 }).count(), 1)
  })

  test('an orphan is deleted, a removed child without that cascade loses its reference', async () => {
    const posts = [new Post({ title: 'one' }), new Post({ title: 'two' })]
    const ada = new User({ username: 'ada', posts, notes: [new Note({ text: 'n' })] })
    session.add(ada)
    await session.commit()
    ada.posts.shift()
    const note = ada.notes.pop()
    await session.commit()
    assert.equal(await session.query(Post).count(), 1)
    assert.equal(note?.userId, null)
    assert.equal(await session.query(Note).filterBy({ userId: null }).count(), 1)
  })

  test('a list that is replaced lets go of what it held, loaded or not', async () => {
    session.add(
      new User({ username: 'ada', posts: [new Post({ title: 'one' }), new Post({ title: 'two' })] }),
    )
    await session.commit()
    await session.close()
    const ada = await session.getOne(User, 1)
    ada.posts = [new Post({ title: 'three' })]
    await session.commit()
    assert.deepEqual(
      (await session.query(Post)).map((post) => post.title),
      ['three'],
    )
  })

  test('deleting a parent deletes or releases its children, loaded or not', async () => {
    const notes = [new Note({ text: 'n' })]
    session.add(
      new User({
        username: 'ada',
        posts: [new Post({ title: 'one' })],
        notes,
        profile: new Profile({ bio: 'b' }),
      }),
    )
    await session.commit()
    await session.close()
    session.delete(await session.getOne(User, 1))
    await session.commit()
    assert.equal(await session.query(Post).count(), 0)
    assert.equal(await session.query(Profile).count(), 0)
    assert.equal(await session.query(Note).filterBy({ userId: null }).count(), 1)
  })

  test('one-to-one replaces the other side', async () => {
    const ada = new User({ username: 'ada', profile: new Profile({ bio: 'old' }) })
    session.add(ada)
    await session.commit()
    const old = ada.profile
    ada.profile = new Profile({ bio: 'new' })
    assert.equal(old?.user, null)
    await session.commit()
    const owners = await session.query(Profile).orderBy(Profile.bio)
    assert.deepEqual(
      owners.map((profile) => [profile.bio, profile.userId]),
      [
        ['new', 1],
        ['old', null],
      ],
    )
  })

  test('many-to-many writes and removes association rows', async () => {
    const rows = async () => (await session.execute(select(func.count()).selectFrom(postTag))).scalar()
    const [red, blue] = [new Tag({ name: 'red' }), new Tag({ name: 'blue' })]
    const post = new Post({ title: 'one', author: new User({ username: 'ada' }), tags: [red, blue] })
    session.add(post)
    await session.commit()
    assert.equal(await rows(), 2)
    assert.deepEqual([...red.posts], [post])
    red.posts.pop()
    assert.deepEqual([...post.tags], [blue])
    await session.commit()
    assert.equal(await rows(), 1)
    session.delete(post)
    await session.commit()
    assert.equal(await rows(), 0)
    assert.equal(await session.query(Tag).count(), 2)
  })

  test('appending to a collection that is not loaded works without loading it', async () => {
    session.add(new User({ username: 'ada', posts: [new Post({ title: 'one' })] }))
    await session.commit()
    await session.close()
    const ada = await session.getOne(User, 1)
    session.add(new Post({ title: 'two', author: ada }))
    assert.deepEqual(
      (await ada.awaitableAttrs.posts).map((post) => post.title),
      ['one', 'two'],
    )
    assert.throws(() => new Session({ bind: engine }).add(ada), /already attached/)
  })

  test('reading what is not loaded says what to do', async () => {
    session.add(new User({ username: 'ada' }))
    await session.commit()
    await session.close()
    const ada = await session.getOne(User, 1)
    assert.throws(() => ada.posts, { name: 'MissingGreenlet', message: /awaitableAttrs\.posts/ })
    await session.close()
    assert.throws(() => ada.posts, { name: 'DetachedInstanceError' })
  })

  test('rows that refer to themselves are written parents first and deleted children first', async () => {
    const leaf = new Node({ name: 'a1' })
    const root = new Node({
      name: 'root',
      children: [new Node({ name: 'a', children: [leaf] }), new Node({ name: 'b' })],
    })
    session.add(leaf)
    await session.commit()
    assert.equal(leaf.parent?.parent, root)
    assert.equal(await session.query(Node).count(), 4)
    session.delete(root)
    await session.commit()
    assert.equal(await session.query(Node).count(), 0)
  })

  test('a savepoint is undone alone', async () => {
    session.add(new User({ username: 'ada' }))
    const twice = session.beginNested(async () => {
      session.add(new User({ username: 'ada' }))
      await session.flush()
    })
    await assert.rejects(twice, IntegrityError)
    await session.beginNested(async () => session.add(new User({ username: 'bob' })))
    const changed = await session.query(User).filterBy({ username: 'bob' }).one()
    const failing = session.beginNested(async () => {
      changed.username = 'bobby'
      await session.flush()
      throw new Error('no')
    })
    await assert.rejects(failing, /no/)
    assert.equal(changed.username, 'bob')
    await session.commit()
    assert.deepEqual(await names(), ['ada', 'bob'])
  })

  test('a version that another has counted on is an error', async () => {
    const counter = new Counter({ value: 1 })
    session.add(counter)
    await session.commit()
    counter.value = 2
    await session.commit()
    assert.equal(counter.version, 2)
    await using other = new Session({ bind: engine })
    const same = await other.getOne(Counter, 1)
    same.value = 3
    await other.commit()
    counter.value = 4
    await assert.rejects(session.commit(), StaleDataError)
    await session.rollback()
    assert.equal(counter.value, 2)
  })

  test('an object deleted and rolled back is there again', async () => {
    const ada = new User({ username: 'ada' })
    session.add(ada)
    await session.commit()
    session.delete(ada)
    await session.flush()
    assert.equal(await session.get(User, 1), null)
    await session.rollback()
    assert.equal(await session.get(User, 1), ada)
  })

  test('a stale object is read again by the next query, its values stay readable', async () => {
    const ada = new User({ username: 'ada' })
    session.add(ada)
    await session.commit()
    await using other = new Session({ bind: engine })
    const theirs = await other.getOne(User, 1)
    theirs.username = 'lovelace'
    await other.commit()
    assert.equal(ada.username, 'ada')
    assert.equal(await session.get(User, 1), ada)
    assert.equal(ada.username, 'lovelace')
  })

  test('merge copies onto the own object', async () => {
    session.add(new User({ username: 'ada', posts: [new Post({ title: 'one' })] }))
    await session.commit()
    const own = await session.getOne(User, 1)
    assert.equal(await session.merge(new User({ id: 1, username: 'eve', active: false })), own)
    assert.equal(own.username, 'eve')
    const added = await session.merge(new User({ id: 7, username: 'seven' }))
    await session.commit()
    assert.equal(added.id, 7)
    assert.deepEqual(await names(), ['eve', 'seven'])
  })

  test('updates and deletes of many rows bring objects in step', async () => {
    session.addAll(['ada', 'bob', 'eve'].map((username) => new User({ username })))
    await session.commit()
    const [ada] = await session.query(User).orderBy('id')
    assert.equal(await session.query(User).filter(User.id.lt(3)).update({ active: false }), 2)
    assert.equal(ada?.active, false)
    assert.equal(await session.query(User).filterBy({ username: 'bob' }).delete(), 1)
    assert.deepEqual(await names(), ['ada', 'eve'])
    await session.rollback()
    assert.deepEqual(await names(), ['ada', 'bob', 'eve'])
  })

  test('an SQL expression can be assigned', async () => {
    const counter = new Counter({ value: 1 })
    session.add(counter)
    await session.commit()
    Object.assign(counter, { value: Counter.value.add(5) })
    await session.commit()
    assert.equal(counter.value, 6)
  })

  test('many queries at once share one transaction', async () => {
    session.add(new User({ username: 'ada' }))
    const results = await Promise.all([names(), names(), session.get(User, 1), session.query(User).count()])
    assert.deepEqual(results[0], ['ada'])
    assert.equal(results[3], 1)
    await session.rollback()
    assert.deepEqual(await names(), [])
  })

  test('a thousand rows in one flush keep their order and their keys', async () => {
    const users = Array.from({ length: 1000 }, (_, index) => new User({ username: `user${index}` }))
    session.addAll(users)
    await session.commit()
    assert.deepEqual(
      users.map((user) => user.id),
      Array.from({ length: 1000 }, (_, index) => index + 1),
    )
    for (const user of users) user.username = `${user.username}x`
    await session.commit()
    assert.equal(await session.query(User).filter(User.username.endsWith('x')).count(), 1000)
  })
})
