import assert from 'node:assert/strict'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import {
  AlreadyRegisteredError,
  DatabaseConfigError,
  MissingDatabaseUriError,
  NotRegisteredError,
  SQLAlchemy,
} from '@flask-ts/flask-sqlalchemy'
import {
  createEngine,
  Inspector,
  MetaData,
  NoSuchModuleError,
  UnboundExecutionError,
} from '@flask-ts/sqlalchemy'
import { Flask, OutsideContextError } from 'flask-ts'
import { makeTodoApp } from './todo-app.ts'

describe('initApp', () => {
  it('refuses an application without a database', () => {
    assert.throws(() => new SQLAlchemy(new Flask('app')), MissingDatabaseUriError)
  })

  it('refuses a second extension', () => {
    const { app } = makeTodoApp()
    assert.throws(() => new SQLAlchemy(app), AlreadyRegisteredError)
  })

  it('refuses a database that is not known', () => {
    assert.throws(() => makeTodoApp({ SQLALCHEMY_DATABASE_URI: 'foo://x' }), NoSuchModuleError)
    assert.throws(() => makeTodoApp({ SQLALCHEMY_DATABASE_URI: 12 }), DatabaseConfigError)
    assert.throws(() => makeTodoApp({ SQLALCHEMY_ENGINE_OPTIONS: 'fast' }), DatabaseConfigError)
  })

  it('takes the options of engines in both spellings', () => {
    const { app, db } = makeTodoApp({
      SQLALCHEMY_DATABASE_URI: 'sqlite:////tmp/never-opened.db',
      SQLALCHEMY_ENGINE_OPTIONS: { pool_size: 3 },
    })
    using _context = app.appContext()
    assert.equal(db.engine.pool.status().size, 3)
  })

  it('serves several applications, each with its own database', async () => {
    const db = new SQLAlchemy()
    const apps = ['one', 'two'].map((name) => new Flask(name))
    for (const app of apps) {
      app.config.SQLALCHEMY_DATABASE_URI = 'sqlite:///:memory:'
      db.initApp(app)
    }
    const engines = await Promise.all(apps.map((app) => app.withAppContext(() => db.engine)))
    assert.notEqual(engines[0], engines[1])
    await new Flask('three').withAppContext(() => assert.throws(() => db.engine, NotRegisteredError))
  })

  it('puts files of SQLite into the instance folder', async () => {
    const instancePath = join(mkdtempSync(join(tmpdir(), 'instance-')), 'instance')
    const app = new Flask('app', { instancePath })
    app.config.SQLALCHEMY_DATABASE_URI = 'sqlite:///sub.db'
    const db = new SQLAlchemy(app)
    db.Table('t', { id: db.Column(db.Integer, { primaryKey: true }) })
    await app.withAppContext(() => db.createAll())
    assert.ok(existsSync(join(instancePath, 'sub.db')))
  })

  it('sets character set and recycling for MySQL', () => {
    const { app, db } = makeTodoApp({ SQLALCHEMY_DATABASE_URI: 'mysql://root@127.0.0.1/test' })
    using _context = app.appContext()
    assert.equal(db.engine.url.query.charset, 'utf8mb4')
  })
})

describe('outside of a context', () => {
  it('neither engines nor sessions nor queries are there', () => {
    const { db, Todo } = makeTodoApp()
    assert.throws(() => db.engine, OutsideContextError)
    assert.throws(() => db.session.add(new Todo({ title: 'x' })), OutsideContextError)
    assert.throws(() => Todo.query, OutsideContextError)
    assert.equal(String(db), '<SQLAlchemy>')
  })
})

describe('binds', () => {
  function makeBoundApp() {
    const app = new Flask('app')
    app.config.SQLALCHEMY_DATABASE_URI = 'sqlite:///:memory:'
    app.config.SQLALCHEMY_BINDS = {
      other: 'sqlite:///:memory:',
      third: { url: 'sqlite:///:memory:', echo: false },
    }
    const db = new SQLAlchemy(app)
    class Near extends db.Model('thing', { id: db.Column(db.Integer, { primaryKey: true }) }) {}
    class Far extends db.Model(
      'thing',
      { id: db.Column(db.Integer, { primaryKey: true }), name: db.Column(db.String(20)) },
      { bindKey: 'other' },
    ) {}
    const table = db.Table('side', { id: db.Column(db.Integer, { primaryKey: true }) }, { bindKey: 'third' })
    return { app, db, Near, Far, table }
  }

  it('keep tables of one name apart', async () => {
    const { app, db, Near, Far } = makeBoundApp()
    await app.withAppContext(async () => {
      await db.createAll()
      db.session.addAll([new Near({ id: 1 }), new Far({ id: 1, name: 'far' })])
      await db.session.commit()
      assert.equal((await Far.query.one()).name, 'far')
      assert.equal(await Near.query.count(), 1)
      assert.equal(db.session.getBind(Far), db.engines.get('other'))
      assert.match(String(db), /\+2>$/)
    })
  })

  it('choose the engine of statements over tables', async () => {
    const { app, db, table } = makeBoundApp()
    await app.withAppContext(async () => {
      await db.createAll('third')
      await db.session.execute(db.insert(table).values({ id: 7 }))
      assert.deepEqual((await db.session.execute(db.select(table.c.id))).scalars().all(), [7])
      await using connection = await db.engines.get('third')!.connect()
      assert.deepEqual(await new Inspector(connection).getTableNames(), ['side'])
    })
  })

  it('that are not configured are named in the error', async () => {
    const { app, db } = makeBoundApp()
    await app.withAppContext(async () => {
      await assert.rejects(db.createAll('nobind'), UnboundExecutionError)
      await assert.rejects(db.createAll('nobind'), /Bind key 'nobind' is not in 'SQLALCHEMY_BINDS' config\./)
    })
  })
})

describe('tables', () => {
  it('are created, dropped and reflected', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'reflect-')), 'app.db')
    const { app, db } = makeTodoApp({ SQLALCHEMY_DATABASE_URI: `sqlite:///${file}` })
    await app.withAppContext(() => db.createAll())
    const other = new Flask('other')
    other.config.SQLALCHEMY_DATABASE_URI = `sqlite:///${file}`
    const reflected = new SQLAlchemy(other)
    await other.withAppContext(() => reflected.reflect())
    assert.deepEqual([...reflected.metadata.tables.get('todo')!.columns.keys()], ['id', 'title', 'done'])
    await app.withAppContext(() => db.dropAll())
    const engine = createEngine(`sqlite:///${file}`)
    await using connection = await engine.connect()
    assert.deepEqual(await new Inspector(connection).getTableNames(), [])
  })

  it('follow the naming convention that was given', () => {
    const metadata = new MetaData({ namingConvention: { uq: 'uq_%(table_name)s_%(column_0_name)s' } })
    const { db } = makeTodoApp({}, { metadata })
    const table = db.Table('t', { a: db.Column(db.Integer, { unique: true }) })
    assert.deepEqual(
      [...table.constraints].map((item) => item.name),
      ['uq_t_a'],
    )
  })
})

describe('flask shell', () => {
  it('knows db and the models', () => {
    const { app, db, Todo } = makeTodoApp()
    void Todo.id
    const names = app.makeShellContext()
    assert.equal(names.db, db)
    assert.equal(names.Todo, Todo)
  })
})
