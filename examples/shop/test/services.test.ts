/** The shop with PostgreSQL and Redis, as `deploy/compose.yaml` has it. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { after, before, suite, test } from 'node:test'
import { createEngine } from '@flask-ts/sqlalchemy'
import type { Flask } from 'flask-ts'
import { db } from '../shop/database.ts'
import { freePort } from './started-shop.ts'
import { testingShop, Visitor } from './testing-shop.ts'

const SERVER = 'postgresql://postgres@127.0.0.1'
const DATABASE = `shop_test_${process.pid}`

async function onServer(sql: string): Promise<void> {
  const engine = createEngine(`${SERVER}/postgres`, { isolationLevel: 'AUTOCOMMIT' })
  try {
    await using connection = await engine.connect()
    await connection.execDriverSql(sql)
  } finally {
    await engine.dispose()
  }
}

async function missingServices(): Promise<string | false> {
  if (process.env.CI === 'true') return false
  if (spawnSync('redis-server', ['--version']).status !== 0) return 'skipped: there is no redis-server'
  return await onServer('SELECT 1').then(
    () => false as const,
    () => `skipped: there is no PostgreSQL at ${SERVER}`,
  )
}

suite('the shop with PostgreSQL and Redis', { skip: await missingServices() }, () => {
  let redis: ChildProcess
  let app: Flask

  before(async () => {
    const port = await freePort()
    redis = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], {
      stdio: 'ignore',
    })
    await onServer(`CREATE DATABASE ${DATABASE}`)
    const settings = {
      SQLALCHEMY_DATABASE_URI: `${SERVER}/${DATABASE}`,
      REDIS_URL: `redis://127.0.0.1:${port}`,
    }
    app = await testingShop(settings)
  })

  after(async () => {
    await app?.withAppContext(() => db.engine.dispose())
    ;(app?.extensions.redis as { destroy(): void } | undefined)?.destroy()
    redis.kill()
    await once(redis, 'exit')
    await onServer(`DROP DATABASE IF EXISTS ${DATABASE}`)
  })

  test('somebody registers, searches, and buys', async () => {
    const visitor = new Visitor(app)
    const form = { full_name: 'Petra', email: 'petra@example.com', password: 'elephants' }
    assert.match((await visitor.post('/account/register', form)).text, /Welcome, Petra!/)
    assert.match((await visitor.get('/?q=TEAPOT')).text, /1 thing for/)
    assert.match((await visitor.post('/cart/add/1', { count: '2' })).text, /is in your cart/)
    const address = { ...form, address: 'Street 1', country: 'DE', terms: 'on' }
    assert.match((await visitor.post('/checkout/', address)).text, /Thank you/)
    assert.match((await visitor.get('/account/')).text, /Order 1/)
  })

  test('the cookie holds no more than an identifier', async () => {
    const visitor = new Visitor(app)
    await visitor.post('/cart/add/1')
    const cookie = visitor.client.getCookie('session')!.value
    assert.ok(!cookie.includes('cart') && cookie.length < 120, cookie)
  })

  test('a taken address is refused by the database', async () => {
    const form = { full_name: 'Other', email: 'petra@example.com', password: 'elephants' }
    assert.equal((await new Visitor(app).post('/account/register', form)).status, 422)
  })

  test('it says that it is ready', async () => {
    assert.deepEqual((await app.testClient().get('/health/ready')).json, { status: 'ok' })
  })
})
