import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { Product } from '../shop/models.ts'
import { testingShop, Visitor } from './testing-shop.ts'

const app = await testingShop()
const editor = new Visitor(app)
const admin = new Visitor(app)
await editor.logIn('editor@example.com')
await admin.logIn('admin@example.com')

/** The smallest PNG there is: one grey pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
)
const stool = {
  title: 'Stool',
  slug: 'stool',
  summary: 'Three legs.',
  price: '39,90',
  stock: '5',
  category: 'living',
  is_published: 'on',
}

function find(slug: string) {
  return app.withAppContext(() => Product.query.filterBy({ slug }).first())
}

test('visitors are sent to the login, and customers are refused', async () => {
  assert.equal((await new Visitor(app).get('/admin/products/')).status, 303)
  const customer = new Visitor(app)
  const form = { full_name: 'Carl', email: 'carl@example.com', password: 'customer1' }
  await customer.post('/account/register', form)
  assert.equal((await customer.get('/admin/products/')).status, 403)
  assert.equal((await customer.get('/admin/')).status, 403)
})

test('an editor makes a product with a picture', async () => {
  const picture = [pixel, 'stool.png', 'image/png']
  const { text } = await editor.post('/admin/products/new', { ...stool, picture })
  assert.match(text, /“Stool” is saved/)
  const product = (await find('stool'))!
  assert.equal(product.cents, 3990)
  assert.match(product.picture!, /^[0-9a-f-]{36}\.png$/)
  assert.deepEqual((await editor.get(`/pictures/${product.picture}`)).data, pixel)
})

test('an editor changes it, and the picture stays', async () => {
  const { id, picture } = (await find('stool'))!
  const { text } = await editor.post(`/admin/products/${id}`, { ...stool, title: 'Low stool', price: '40' })
  assert.match(text, /“Low stool” is saved/)
  const product = (await find('stool'))!
  assert.equal(product.cents, 4000)
  assert.equal(product.picture, picture)
})

test('what is not published is not in the shop', async () => {
  const { id } = (await find('stool'))!
  const { is_published: _, ...hidden } = stool
  await editor.post(`/admin/products/${id}`, hidden)
  assert.equal((await editor.get('/products/stool')).status, 404)
})

test('a file that only pretends to be a picture is refused and not kept', async () => {
  const { id } = (await find('mug'))!
  const files = readdirSync(app.config.UPLOAD_FOLDER).length
  const picture = [Buffer.from('<script>alert(1)</script>'), 'x.png', 'image/png']
  const { status, text } = await editor.post(`/admin/products/${id}`, { ...stool, slug: 'mug-2', picture })
  assert.equal(status, 422)
  assert.match(text, /This is no PNG, JPEG or WebP picture/)
  assert.equal(readdirSync(app.config.UPLOAD_FOLDER).length, files)
  assert.equal((await find('mug'))?.title, 'Stoneware mug')
})

test('what is far too large is refused before it is read', async () => {
  const picture = [Buffer.alloc(5_000_000), 'x.png', 'image/png']
  assert.equal((await editor.post('/admin/products/new', { ...stool, picture })).status, 413)
})

test('two products cannot share an address', async () => {
  const { status, text } = await editor.post('/admin/products/new', { ...stool, slug: 'mug' })
  assert.equal(status, 422)
  assert.match(text, /Another product has this address/)
})

test('an editor writes a page, and nobody can smuggle markup in', async () => {
  const { text } = await editor.post('/admin/pages/about', {
    title: 'We',
    body: '## Us & them\n\n<b>bold</b>',
  })
  assert.match(text, /<h2>Us &amp; them<\/h2>/)
  assert.match(text, /&lt;b&gt;bold/)
})

test('only admins give roles, and not to themselves', async () => {
  assert.equal((await editor.get('/admin/team/')).status, 403)
  assert.match((await admin.get('/admin/team/')).text, /Edgar Editor/)
  assert.match((await admin.post('/admin/team/1', { role: 'customer' })).text, /Nobody changes the own role/)
  assert.match((await admin.post('/admin/team/2', { role: 'customer' })).text, /Edgar Editor is customer now/)
  assert.equal((await editor.get('/admin/')).status, 403)
})
