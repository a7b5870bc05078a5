import assert from 'node:assert/strict'
import { test } from 'node:test'
import { check, current, downgrade, heads, upgrade } from '@flask-ts/flask-migrate'
import { Product } from '../shop/models.ts'
import { seed } from '../shop/seed/seed.ts'
import { testingShop } from './testing-shop.ts'

test('the migrations make what the models say', async () => {
  const app = await testingShop()
  await app.withAppContext(async () => {
    await check()
    assert.equal((await current()).length, (await heads()).length)
  })
})

test('they lead back to nothing, and up again', async () => {
  const app = await testingShop()
  await app.withAppContext(async () => {
    await downgrade({ revision: 'base' })
    assert.deepEqual(await current(), [])
    await upgrade()
    assert.equal(await seed(), true)
    assert.equal(await Product.query.count(), 12)
    assert.equal(await seed(), false)
  })
})

test('an admin is made on the command line, and can log in', async () => {
  const app = await testingShop()
  const { output } = await app.testCliRunner().invoke(['create-admin', 'boss@example.com'])
  const [email, password] = output.trim().split(' ') as [string, string]
  const client = app.testClient()
  await client.sessionTransaction((session) => {
    session.formToken = 'token'
  })
  const data = { email, password, form_token: 'token' }
  const response = await client.post('/account/login', { data })
  assert.equal(response.location, '/')
})
