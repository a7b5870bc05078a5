import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SQLAlchemy } from '@flask-ts/flask-sqlalchemy'
import { createEngine, IntegrityError, OperationalError } from '@flask-ts/sqlalchemy'
import { Flask, request, tuple } from 'flask-ts'

const servers = [
  { kind: 'sqlite', base: null, administration: '' },
  { kind: 'postgresql', base: 'postgresql://postgres@127.0.0.1:5432', administration: '/postgres' },
  { kind: 'mysql', base: 'mysql://root@127.0.0.1:3306', administration: '/mysql' },
]

/** Creates or drops a database. */
async function administer(url: string, sql: string): Promise<void> {
  const engine = createEngine(url, { isolationLevel: 'AUTOCOMMIT' })
  try {
    await using connection = await engine.connect()
    await connection.execDriverSql(sql)
  } finally {
    await engine.dispose()
  }
}

function makeUsersApp(url: string) {
  const app = new Flask('users')
  app.config.SQLALCHEMY_DATABASE_URI = url
  app.config.PROPAGATE_EXCEPTIONS = false
  app.logger = { ...app.logger, error: () => undefined } as never
  const db = new SQLAlchemy(app)
  class User extends db.Model('user', {
    id: db.Column(db.Integer, { primaryKey: true }),
    username: db.Column(db.String(80), { unique: true, nullable: false }),
    active: db.Column(db.Boolean, { default: true, nullable: false }),
    joined: db.Column(db.DateTime, { default: () => new Date(0) }),
    posts: db.relationship<Post[]>('Post', {
      backPopulates: 'author',
      orderBy: 'Post.id',
      cascade: 'all, delete-orphan',
    }),
  }) {}
  class Post extends db.Model('post', {
    id: db.Column(db.Integer, { primaryKey: true }),
    title: db.Column(db.String(120), { nullable: false }),
    user_id: db.Column(db.Integer, db.ForeignKey('user.id'), { nullable: false }),
    author: db.relationship<User>('User', { backPopulates: 'posts' }),
  }) {}
  app.post('/users', async function add() {
    const { username } = request.getJson<{ username: string }>()
    const user = new User({ username })
    db.session.add(user)
    try {
      await db.session.commit()
    } catch (error) {
      if (!(error instanceof IntegrityError)) throw error
      await db.session.rollback()
      return tuple({ error: 'taken' }, 409)
    }
    return { id: user.id, active: user.active, joined: user.joined?.toISOString() }
  })
  app.post('/users/<int:id>/posts', async function post({ id }) {
    const author = await db.getOr404(User, id)
    author.active = false
    db.session.add(new Post({ ...request.getJson<{ title: string }>(), author }))
    await db.session.commit()
    return (await author.awaitableAttrs.posts).map((item) => item.title)
  })
  app.get('/users', async function list() {
    const page = await User.query.options(db.selectinload(User.posts)).orderBy(User.username).paginate()
    return page.items.map((user) => [user.username, user.active, user.posts.map((item) => item.title)])
  })
  app.delete('/users/<int:id>', async function remove({ id }) {
    await db.session.delete(await db.getOr404(User, id))
    await db.session.commit()
    return { posts: await Post.query.count() }
  })
  app.post('/fail', async function fail() {
    db.session.add(new User({ username: 'never stored' }))
    await db.session.flush()
    throw new Error('after the flush')
  })
  return { app, db }
}

async function tell(app: Flask): Promise<void> {
  const client = app.testClient()
  const ask = async (method: 'get' | 'post' | 'delete', path: string, json?: unknown) => {
    const answer = await client[method](path, json === undefined ? {} : { json })
    return answer.statusCode === 200 ? answer.json : answer.statusCode
  }
  const emoji = 'grace 😀'
  assert.deepEqual(await ask('post', '/users', { username: 'ada' }), {
    id: 1,
    active: true,
    joined: '1970-01-01T00:00:00.000Z',
  })
  assert.equal(((await ask('post', '/users', { username: emoji })) as { id: number }).id, 2)
  assert.equal(await ask('post', '/users', { username: 'ada' }), 409)
  assert.deepEqual(await ask('post', '/users/1/posts', { title: "'; DROP TABLE post; --" }), [
    "'; DROP TABLE post; --",
  ])
  assert.deepEqual(await ask('post', '/users/1/posts', { title: 'b' }), ["'; DROP TABLE post; --", 'b'])
  assert.equal(await ask('post', '/users/9/posts', { title: 'c' }), 404)
  assert.equal(await ask('post', '/fail'), 500)
  assert.deepEqual(await ask('get', '/users'), [
    ['ada', false, ["'; DROP TABLE post; --", 'b']],
    [emoji, true, []],
  ])
  assert.deepEqual(await ask('get', '/users?page=2&per_page=1'), [[emoji, true, []]])
  assert.equal(await ask('get', '/users?page=3&per_page=1'), 404)
  assert.deepEqual(await ask('delete', '/users/1'), { posts: 0 })
  assert.deepEqual(await ask('get', '/users'), [[emoji, true, []]])
}

describe('an application of users and their posts', () => {
  for (const { kind, base, administration } of servers) {
    it(`tells the same on ${kind}`, async (context) => {
      const name = `users_${process.pid}_${Date.now()}`
      if (base !== null) {
        try {
          await administer(base + administration, `CREATE DATABASE ${name}`)
        } catch (error) {
          if (!(error instanceof OperationalError) || process.env.CI === 'true') throw error
          return context.skip(`no ${kind} server at ${base}`)
        }
      }
      const { app, db } = makeUsersApp(base === null ? 'sqlite:///:memory:' : `${base}/${name}`)
      try {
        await app.withAppContext(() => db.createAll())
        await tell(app)
      } finally {
        await app.withAppContext(() => db.engine.dispose())
        if (base !== null) await administer(base + administration, `DROP DATABASE ${name}`)
      }
    })
  }
})
