import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Pagination } from '@flask-ts/flask-sqlalchemy'
import { NotFound } from '@flask-ts/werkzeug/exceptions'
import { makeFilledApp } from './todo-app.ts'

const titles = Array.from({ length: 150 }, (_, index) => `t${index + 1}`)

async function inApp(
  work: (made: Awaited<ReturnType<typeof makeFilledApp>>) => Promise<void>,
): Promise<void> {
  const made = await makeFilledApp(titles)
  await made.app.withAppContext(() => work(made))
}

function facts<T>(page: Pagination<T>) {
  const { first, last, pages, hasPrev, prevNum, hasNext, nextNum, total } = page
  return { first, last, pages, hasPrev, prevNum, hasNext, nextNum, total }
}

describe('paginate', () => {
  it('gives a page of a query', () =>
    inApp(async ({ Todo }) => {
      const page = await Todo.query.orderBy('id').paginate({ page: 2, perPage: 20 })
      assert.deepEqual([...page].map((todo) => todo.id).slice(0, 2), [21, 22])
      const expected = { first: 21, last: 40, pages: 8, hasPrev: true, prevNum: 1, hasNext: true, nextNum: 3 }
      assert.deepEqual(facts(page), { ...expected, total: 150 })
    }))

  it('gives a page of a statement, and its neighbours', () =>
    inApp(async ({ db, Todo }) => {
      const page = await db.paginate(db.select(Todo).orderBy(Todo.id), { page: 8, perPage: 20 })
      assert.deepEqual(
        page.items.map((todo) => todo.id),
        [141, 142, 143, 144, 145, 146, 147, 148, 149, 150],
      )
      assert.equal(page.hasNext, false)
      assert.equal((await page.prev()).items.length, 20)
      const beyond = await page.next()
      assert.deepEqual([beyond.items, beyond.total, beyond.page], [[], 150, 9])
      await assert.rejects(page.next({ errorOut: true }), NotFound)
    }))

  it('bounds the size of a page', () =>
    inApp(async ({ Todo }) => {
      assert.equal((await Todo.query.paginate({ perPage: 500 })).items.length, 100)
      assert.equal((await Todo.query.paginate({ perPage: 500, maxPerPage: null })).items.length, 150)
    }))

  it('refuses numbers below one and pages that are not there', () =>
    inApp(async ({ Todo }) => {
      for (const options of [{ page: 0 }, { page: -1 }, { perPage: 0 }, { page: 99 }])
        await assert.rejects(Todo.query.paginate(options), NotFound)
      const page = await Todo.query.paginate({ page: -3, perPage: 0, errorOut: false })
      assert.deepEqual([page.page, page.perPage], [1, 20])
    }))

  it('counts only when asked to', () =>
    inApp(async ({ Todo }) => {
      const page = await Todo.query.paginate({ count: false })
      assert.deepEqual([page.total, page.pages, [...page.iterPages()]], [null, 0, []])
    }))

  it('takes page and size from the request', async () => {
    const { app, Todo } = await makeFilledApp(titles)
    app.get('/', async function list() {
      const page = await Todo.query.orderBy('id').paginate()
      return [page.page, page.perPage, page.items[0]?.id ?? null]
    })
    const client = app.testClient()
    assert.deepEqual((await client.get('/')).json, [1, 20, 1])
    assert.deepEqual((await client.get('/?page=%203&per_page=+1_0')).json, [3, 10, 21])
    for (const query of ['page=x', 'page=1.5', 'per_page=', 'page=0', 'page=16&per_page=10'])
      assert.equal((await client.get(`/?${query}`)).statusCode, 404, query)
  })

  it('shows edges and neighbours in iterPages', () =>
    inApp(async ({ Todo }) => {
      const at = async (page: number, perPage = 5) => [
        ...(await Todo.query.paginate({ page, perPage })).iterPages(),
      ]
      assert.deepEqual(await at(1), [1, 2, 3, 4, 5, null, 29, 30])
      assert.deepEqual(await at(7), [1, 2, null, 5, 6, 7, 8, 9, 10, 11, null, 29, 30])
      assert.deepEqual(await at(30), [1, 2, null, 28, 29, 30])
      assert.deepEqual(await at(1, 100), [1, 2])
      const page = await Todo.query.paginate({ page: 15, perPage: 5 })
      const narrow = page.iterPages({ leftEdge: 0, leftCurrent: 1, rightCurrent: 1, rightEdge: 0 })
      assert.deepEqual([...narrow], [null, 14, 15, 16, null])
    }))
})
