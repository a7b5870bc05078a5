import { test } from 'node:test'
import { readPage } from '../../docs/pages.ts'
import { stepsOf } from '../../docs/tutorial.ts'
import { walk } from '../../docs/walk.ts'

test('the quickstart does what it says', async () => {
  await walk([readPage('docs/quickstart.md')])
})

test('the tutorial does what it says', async () => {
  await walk(stepsOf())
})

test('a new project does what its page says', async () => {
  await walk([readPage('docs/packages/create-flask-ts.md')])
})

test('the page on migrations does what it says', async () => {
  await walk([readPage('docs/packages/flask-migrate.md')])
})
