import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testingShop, Visitor } from './testing-shop.ts'

const app = await testingShop()
const visitor = new Visitor(app)

test('the front page shows a page of products and links to the next', async () => {
  const { text } = await visitor.get('/')
  assert.equal(text.match(/class="card"/g)?.length, 8)
  assert.match(text, /href="\/\?page=2"/)
})

test('the front page sets no cookie', async () => {
  assert.equal((await visitor.get('/')).headers.get('Set-Cookie'), undefined)
})

test('a search finds every word anywhere in the text', async () => {
  const { text } = await visitor.get('/?q=OAK+groove')
  assert.match(text, /1 thing for “OAK groove”/)
  assert.match(text, /Oak board/)
})

test('signs of the search language of SQL are looked for as they are', async () => {
  assert.match((await visitor.get('/?q=%25')).text, /Nothing here/)
})

test('what is searched for is escaped', async () => {
  const { text } = await visitor.get('/?q=%3Cscript%3E')
  assert.doesNotMatch(text, /<script>/)
})

test('a category has its products', async () => {
  const { text } = await visitor.get('/?category=desk')
  assert.equal(text.match(/class="card"/g)?.length, 4)
  assert.doesNotMatch(text, /Oak board/)
})

test('a product has a page', async () => {
  const { text } = await visitor.get('/products/plant')
  assert.match(text, /€24\.00/)
  assert.match(text, /Only 3 left/)
  assert.match(text, /<h2>Light<\/h2>/)
})

test('what is sold out has no form', async () => {
  assert.doesNotMatch((await visitor.get('/products/armchair')).text, /Add to cart/)
})

test('pictures may be kept for a year', async () => {
  const response = await visitor.get('/pictures/mug.svg')
  assert.equal(response.mimetype, 'image/svg+xml')
  assert.match(response.headers.get('Cache-Control') ?? '', /max-age=31536000/)
})

test('editors’ pages are shown', async () => {
  assert.match((await visitor.get('/pages/about')).text, /<h2>Why so few\?<\/h2>/)
})

test('an unknown address is a page that says so', async () => {
  const response = await visitor.get('/products/unicorn')
  assert.equal(response.status, 404)
  assert.match(response.text, /There is no such product/)
})

test('pages forbid scripts from elsewhere', async () => {
  assert.match((await visitor.get('/')).headers.get('Content-Security-Policy') ?? '', /default-src 'self'/)
})
