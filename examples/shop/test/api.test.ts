import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testingShop } from './testing-shop.ts'

const app = await testingShop()
const client = app.testClient()

interface Products {
  items: { slug: string; cents: number }[]
  page: number
  pages: number
  total: number
  next: string | null
  prev: string | null
}

test('products come in pages that know each other', async () => {
  const first = (await client.get('/api/v1/products?per_page=5&sort=price')).json as Products
  assert.deepEqual([first.page, first.pages, first.total, first.prev], [1, 3, 12, null])
  assert.equal(first.items[0]?.slug, 'pencils')
  const second = (await client.get(new URL(first.next!).pathname + new URL(first.next!).search))
    .json as Products
  assert.equal(second.page, 2)
  assert.equal(second.items.length, 5)
})

test('no page is larger than 50, and a page that is not there is a 404 in JSON', async () => {
  assert.equal(((await client.get('/api/v1/products?per_page=1000')).json as Products).items.length, 12)
  const response = await client.get('/api/v1/products?page=9')
  assert.equal(response.status, 404)
  assert.equal((response.json as { error: { code: number } }).error.code, 404)
})

test('a client that has the answer gets a 304', async () => {
  const first = await client.get('/api/v1/products/mug')
  const headers = { 'If-None-Match': first.headers.get('ETag')! }
  const again = await client.get('/api/v1/products/mug', { headers })
  assert.equal(again.status, 304)
  assert.equal(again.text, '')
})

test('other sites may read, errors too', async () => {
  for (const path of ['/api/v1/products', '/api/v1/products/unicorn', '/api/nothing']) {
    const response = await client.get(path, { headers: { Origin: 'https://other.example' } })
    assert.equal(response.headers.get('Access-Control-Allow-Origin'), 'https://other.example', path)
  }
  const page = await client.get('/', { headers: { Origin: 'https://other.example' } })
  assert.equal(page.headers.get('Access-Control-Allow-Origin'), undefined)
})

test('a quote adds up, and tells what is not there', async () => {
  const json = [
    { slug: 'mug', count: 2 },
    { slug: 'armchair', count: 1 },
    { slug: 'unicorn', count: 1 },
  ]
  const { lines, total } = (await client.post('/api/v1/quotes', { json })).json as {
    lines: { available: boolean }[]
    total: number
  }
  assert.deepEqual(
    lines.map((line) => line.available),
    [true, false, false],
  )
  assert.equal(total, 3700 + 48000)
})

test('a quote of anything else is refused', async () => {
  for (const json of [{}, [1], [{ slug: 'mug' }], [{ slug: 'mug', count: -1 }], [null]]) {
    assert.equal((await client.post('/api/v1/quotes', { json })).status, 422, JSON.stringify(json))
  }
})

test('health and metrics', async () => {
  await client.open('/', { method: 'BREW' })
  assert.deepEqual((await client.get('/health')).json, { status: 'ok' })
  assert.deepEqual((await client.get('/health/ready')).json, { status: 'ok' })
  const { text } = await client.get('/metrics')
  assert.match(text, /shop_requests_total\{worker="\d+",method="GET",status="200"\} \d+/)
  assert.match(text, /method="other",status="405"/)
  assert.match(text, /le="\+Inf"/)
})
