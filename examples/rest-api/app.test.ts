import assert from 'node:assert/strict'
import { test } from 'node:test'
import { app } from './app.ts'

const client = app.testClient()

test('a book is added, read, changed and deleted', async () => {
  const added = await client.post('/api/v1/books', { json: { title: 'Solaris', year: 1961 } })
  assert.equal(added.status, 201)
  const url = added.location!
  const etag = added.headers.get('ETag')!
  assert.equal((await client.get(url, { headers: { 'If-None-Match': etag } })).status, 304)

  const json = { title: 'Solaris', year: 1970 }
  const changed = await client.put(url, { json, headers: { 'If-Match': etag } })
  assert.equal(changed.status, 200)
  assert.equal((await client.put(url, { json, headers: { 'If-Match': etag } })).status, 412)

  assert.equal((await client.delete(url)).status, 204)
  assert.equal((await client.get(url)).status, 404)
})

test('a book that is not one is refused, with all that is wrong', async () => {
  const response = await client.post('/api/v1/books', { json: { year: 'long ago' } })
  assert.equal(response.status, 422)
  assert.deepEqual(response.json, {
    code: 422,
    error: 'Unprocessable Entity',
    description: 'title must be a text; year must be a whole number',
  })
})

test('the list has pages', async () => {
  for (const year of [1, 2, 3]) await client.post('/api/v1/books', { json: { title: `Book ${year}`, year } })
  const page = await client.get('/api/v1/books?per_page=2')
  assert.equal((page.json as unknown[]).length, 2)
  assert.equal(page.headers.get('X-Total-Count'), '3')
  assert.equal(page.headers.get('Link'), '</api/v1/books?page=2&per_page=2>; rel="next"')
})
