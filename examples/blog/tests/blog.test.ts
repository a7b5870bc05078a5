import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loggedIn, makeApp } from './blog-site.ts'

test('the index shows posts, and an edit link to their author', async () => {
  const app = await makeApp()
  const visitor = await app.testClient().get('/')
  assert.match(visitor.text, /Register/)
  assert.match(visitor.text, /by test on 2018-01-01/)
  assert.doesNotMatch(visitor.text, /href="\/1\/update"/)
  const author = await (await loggedIn(app)).get('/')
  assert.match(author.text, /href="\/1\/update"/)
})

for (const path of ['/create', '/1/update', '/1/delete']) {
  test(`${path} asks for a login`, async () => {
    const response = await (await makeApp()).testClient().post(path)
    assert.equal(response.location, '/auth/login')
  })
}

test('others may not change a post', async () => {
  const client = await loggedIn(await makeApp(), 'other')
  assert.equal((await client.post('/1/update')).status, 403)
  assert.equal((await client.post('/1/delete')).status, 403)
  assert.doesNotMatch((await client.get('/')).text, /href="\/1\/update"/)
})

test('a post that is not there is a 404', async () => {
  const client = await loggedIn(await makeApp())
  assert.equal((await client.post('/2/update')).status, 404)
  assert.equal((await client.post('/2/delete')).status, 404)
})

test('a post is created, changed and deleted', async () => {
  const client = await loggedIn(await makeApp())
  await client.post('/create', { data: { title: 'created', body: '' } })
  assert.match((await client.get('/')).text, /created/)
  await client.post('/2/update', { data: { title: 'updated', body: '' } })
  assert.match((await client.get('/')).text, /updated/)
  await client.post('/2/delete')
  assert.doesNotMatch((await client.get('/')).text, /updated/)
})

for (const path of ['/create', '/1/update']) {
  test(`${path} wants a title`, async () => {
    const client = await loggedIn(await makeApp())
    const response = await client.post(path, { data: { title: '', body: '' } })
    assert.match(response.text, /Title is required/)
  })
}
