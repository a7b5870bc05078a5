import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Account } from '../shop/models.ts'
import { testingShop, Visitor } from './testing-shop.ts'

const app = await testingShop()
const grace = { full_name: 'Grace', email: 'Grace@Example.com', password: 'compilers' }

test('somebody registers, and is logged in', async () => {
  const { text } = await new Visitor(app).post('/account/register', grace)
  assert.match(text, /Welcome, Grace!/)
})

test('an address has one account, in whatever case it is written', async () => {
  const { status, text } = await new Visitor(app).post('/account/register', grace)
  assert.equal(status, 422)
  assert.match(text, /There is an account with this address already/)
})

test('the password is stored as a hash', async () => {
  const account = await app.withAppContext(() => Account.query.filterBy({ email: 'grace@example.com' }).one())
  assert.match(account.passwordHash, /^scrypt:/)
})

test('a short password is refused, and never sent back', async () => {
  const { text } = await new Visitor(app).post('/account/register', { ...grace, password: 'short7!' })
  assert.match(text, /At least 8 characters/)
  assert.doesNotMatch(text, /short7!/)
})

test('a wrong password does not say which part is wrong', async () => {
  const visitor = new Visitor(app)
  assert.match((await visitor.logIn('grace@example.com', 'wrong')).text, /Wrong address or password/)
  assert.match((await visitor.logIn('nobody@example.com', 'wrong')).text, /Wrong address or password/)
})

test('the cart stays over the login', async () => {
  const visitor = new Visitor(app)
  await visitor.post('/cart/add/1')
  await visitor.logIn('grace@example.com', 'compilers')
  assert.match((await visitor.get('/cart/')).text, /class="lines"/)
})

test('the account shows its orders, after a login that leads back', async () => {
  const visitor = new Visitor(app)
  const toLogin = await visitor.get('/account/')
  assert.equal(toLogin.location, '/account/login?next=/account/')
  const form = { email: 'grace@example.com', password: 'compilers' }
  const { text } = await visitor.post('/account/login?next=/account/', form)
  assert.match(text, /Your orders/)
})

test('the login leads to no other site', async () => {
  const visitor = new Visitor(app)
  const form = { email: 'grace@example.com', password: 'compilers' }
  for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
    const response = await visitor.post(`/account/login?next=${encodeURIComponent(next)}`, form)
    assert.equal(response.history.at(-1)?.location, '/')
  }
})

test('after logging out nobody is there', async () => {
  const visitor = new Visitor(app)
  await visitor.logIn('grace@example.com', 'compilers')
  await visitor.post('/account/logout')
  assert.equal((await visitor.get('/account/')).status, 303)
})
