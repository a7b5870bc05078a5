import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as sa from '../../src/index.ts'
import { outcome, recorded, type Scenario } from './outcome.ts'

const { Column, ForeignKey, func, Integer, relationship, String, select } = sa
const base = sa.declarativeBase()
class User extends base.Model('user', {
  id: Column(Integer, { primaryKey: true }),
  name: Column(String(20), { unique: true, nullable: false }),
  age: Column(Integer),
  posts: relationship<Post[]>(() => Post, {
    backPopulates: 'author',
    orderBy: 'Post.id',
    cascade: 'all, delete-orphan',
  }),
  notes: relationship<Note[]>(() => Note, { backPopulates: 'user' }),
}) {}
class Post extends base.Model('post', {
  id: Column(Integer, { primaryKey: true }),
  title: Column(String(20)),
  userId: Column(Integer, ForeignKey('user.id'), { nullable: false }),
  author: relationship<User | null>(() => User, { backPopulates: 'posts' }),
}) {}
class Note extends base.Model('note', {
  id: Column(Integer, { primaryKey: true }),
  text: Column(String(20)),
  userId: Column(Integer, ForeignKey('user.id')),
  user: relationship<User | null>(() => User, { backPopulates: 'notes' }),
}) {}

const queries = [
  'select id,name,age from user order by id',
  'select id,title,user_id from post order by id',
  'select id,text,user_id from note order by id',
]

function seed(s: sa.Session): void {
  const posts = [new Post({ title: 'p1' }), new Post({ title: 'p2' })]
  s.add(new User({ name: 'a', age: 1, posts, notes: [new Note({ text: 'n1' })] }))
  s.add(new User({ name: 'b', age: null }))
}

const C = User.c
const one = (s: sa.Session, name: string) => s.query(User).filterBy({ name }).one()
const scenarios: readonly Scenario[] = [
  async (s) => {
    const u = await one(s, 'a')
    ;(await u.awaitableAttrs.posts)[0]!.author = await one(s, 'b')
  },
  async (s) => {
    const u = await one(s, 'a')
    s.delete((await u.awaitableAttrs.posts)[0]!)
  },
  async (s) => {
    const u = await one(s, 'a')
    const p = (await u.awaitableAttrs.posts)[0]!
    u.posts.splice(0, 1)
    ;(await (await one(s, 'b')).awaitableAttrs.posts).push(p)
  },
  async (s) => {
    const u = await one(s, 'a')
    u.notes = []
  },
  async (s) => {
    s.delete(await one(s, 'a'))
  },
  async (s) => {
    s.add(new Post({ title: 'x' }))
  },
  async (s) => {
    const u = await one(s, 'a')
    u.id = 10
  },
  async (s) => {
    const u = await one(s, 'b')
    s.delete(u)
    s.add(new User({ name: 'b' }))
  },
  async (s) => {
    const p = await s.query(Post).first()
    p!.author = null
  },
  async (s) => {
    const n = new Note({ text: 'z', user: await one(s, 'b') })
    s.add(n)
    await s.flush()
    n.user = null
  },
  async (s) => {
    s.add(new User({ id: 1, name: 'dup' }))
  },
  async (s) => {
    const u = await one(s, 'a')
    ;(await u.awaitableAttrs.posts).push(new Post({ title: 'q' }))
    s.expunge(u)
    return s.new.length
  },
  async (s) =>
    (
      await s.execute(
        select(C.name, func.count(Post.id))
          .outerjoin(User.posts)
          .groupBy(User.id)
          .having(func.count(Post.id).lt(5))
          .orderBy(C.name.desc()),
      )
    ).all(),
  async (s) => await s.query(C.name).filter(User.age.is(null)).scalar(),
  async (s) =>
    await s
      .query(User)
      .filter(sa.or(C.name.eq('a'), User.age.gt(5)))
      .count(),
  async (s) =>
    await s
      .query(User)
      .filterBy({ nope: 1 } as never)
      .all(),
  async (s) => await s.query(User).one(),
  async (s) => await s.query(User).filter(C.name.in([])).all(),
  async (s) =>
    await s
      .query(User)
      .filter(sa.not(C.name.in(['a'])))
      .count(),
  async (s) => (await s.execute(select(C.name).where(User.id.eq(99)))).scalarOne(),
  async (s) =>
    (await s.execute(sa.union(select(C.name), select(Post.title) as never).orderBy('name')))
      .all()
      .map((r) => r[0]),
  async (s) => (await s.query(User).join(Post).filter(Post.title.eq('p2')).one()).name,
  async (s) => {
    const sub = select(func.max(Post.id)).where(Post.userId.eq(User.id)).scalarSubquery()
    return (await s.execute(select(C.name, sub).orderBy(User.id))).all()
  },
  async (s) => {
    const c = select(User.id, C.name).cte('c')
    return (await s.execute(select(c.c.name!).where(c.c.id!.gt(1)))).all()
  },
  async (s) =>
    (
      await s.execute(
        sa
          .update(User)
          .where(C.name.eq('a'))
          .values({ age: User.age.add(10) }),
      )
    ).rowcount,
  async (s) =>
    await s
      .query(Post)
      .filter(Post.author.has(C.name.eq('a')))
      .count(),
  async (s) =>
    (await s.execute(select(sa.case_([[User.age.eq(1), 'one']], { else: 'other' })).orderBy(User.id)))
      .scalars()
      .all(),
  async (s) => {
    const u = await one(s, 'a')
    u.name = 'zz'
    await s.flush()
    await s.rollback()
    return u.name
  },
  async (s) => {
    const u = new User({ name: 'n' })
    s.add(u)
    await s.flush()
    await s.rollback()
    return s.contains(u)
  },
  async (s) => {
    s.add(new User({} as never))
  },
]

describe('people: the same as Python', () => {
  const expected = recorded('people')
  for (const [index, scenario] of scenarios.entries()) {
    test(`scenario ${index + 1}`, async () => {
      assert.equal(await outcome(base, seed, scenario, queries), expected.get(index + 1))
    })
  }
})
