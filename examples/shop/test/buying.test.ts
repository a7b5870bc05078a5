import assert from 'node:assert/strict'
import { test } from 'node:test'
import { db } from '../shop/database.ts'
import { Order, Product } from '../shop/models.ts'
import { testingShop, Visitor } from './testing-shop.ts'

const app = await testingShop()
const address = {
  full_name: 'Ada',
  email: 'ada@example.com',
  address: 'Street 1, Town',
  country: 'DE',
  terms: 'on',
}

async function idOf(slug: string): Promise<number> {
  return await app.withAppContext(async () => (await Product.query.filterBy({ slug }).one()).id)
}

function stockOf(slug: string): Promise<number> {
  return app.withAppContext(async () => (await Product.query.filterBy({ slug }).one()).stock)
}

test('a product goes into the cart, with the count that was asked for', async () => {
  const visitor = new Visitor(app)
  const { text } = await visitor.post(`/cart/add/${await idOf('mug')}`, { count: '2' })
  assert.match(text, /“Stoneware mug” is in your cart/)
  assert.match(text, /€37\.00/)
})

test('no more goes into the cart than there is', async () => {
  const visitor = new Visitor(app)
  const { text } = await visitor.post(`/cart/add/${await idOf('plant')}`, { count: '4' })
  assert.match(text, /We have only 3 of “Rubber plant”/)
})

test('a count of 0 takes a product out', async () => {
  const visitor = new Visitor(app)
  const id = await idOf('mug')
  await visitor.post(`/cart/add/${id}`)
  const { text } = await visitor.post(`/cart/update/${id}`, { count: '0' })
  assert.match(text, /It is empty/)
})

test('a form without the token of our own pages is refused', async () => {
  const response = await app.testClient().post(`/cart/add/${await idOf('mug')}`, { data: { count: '1' } })
  assert.equal(response.status, 400)
})

test('checkout without a cart leads back', async () => {
  assert.match((await new Visitor(app).post('/checkout/', address)).text, /Your cart is empty/)
})

test('checkout says what is missing, and keeps what was written', async () => {
  const visitor = new Visitor(app)
  await visitor.post(`/cart/add/${await idOf('mug')}`)
  const { status, text } = await visitor.post('/checkout/', {
    full_name: 'Ada <3',
    email: 'nope',
    country: 'XX',
  })
  assert.equal(status, 422)
  assert.match(text, /value="Ada &lt;3"/)
  assert.match(text, /This does not look like an e-mail address/)
  assert.match(text, /Please fill this in/)
  assert.match(text, /Please choose one of these/)
  assert.match(text, /Please accept the terms/)
})

test('an order is stored with its lines, and the stock is less', async () => {
  const visitor = new Visitor(app)
  const before = await stockOf('teapot')
  await visitor.post(`/cart/add/${await idOf('teapot')}`, { count: '2' })
  const { text } = await visitor.post('/checkout/', address)
  assert.match(text, /Thank you/)
  assert.match(text, /2 × Round teapot/)
  assert.match(text, /€98\.00/)
  assert.equal(await stockOf('teapot'), before - 2)
  assert.match((await visitor.get('/cart/')).text, /It is empty/)
})

test('others cannot see the order of a guest', async () => {
  const visitor = new Visitor(app)
  await visitor.post(`/cart/add/${await idOf('mug')}`)
  await visitor.post('/checkout/', address)
  const { id } = (await app.withAppContext(() => Order.query.orderBy(Order.id.desc()).first()))!
  assert.equal((await visitor.get(`/checkout/orders/${id}`)).status, 200)
  assert.equal((await new Visitor(app).get(`/checkout/orders/${id}`)).status, 404)
})

test('the last piece is sold once, and an order that fails takes nothing', async () => {
  const visitor = new Visitor(app)
  await visitor.post(`/cart/add/${await idOf('mug')}`)
  await visitor.post(`/cart/add/${await idOf('vase')}`, { count: '3' })
  await app.withAppContext(async () => {
    await Product.query.filterBy({ slug: 'vase' }).update({ stock: 2 })
    await db.session.commit()
  })
  const mugs = await stockOf('mug')
  const { text } = await visitor.post('/checkout/', address)
  assert.match(text, /there is not enough of “Tall vase” left/)
  assert.equal(await stockOf('mug'), mugs)
  assert.equal(await stockOf('vase'), 2)
})
