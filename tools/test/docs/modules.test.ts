import assert from 'node:assert/strict'
import { test } from 'node:test'
import { blocksOf } from '../../docs/blocks.ts'
import { filesOf, placeOf } from '../../docs/modules.ts'

const PAGE = [
  '# Title',
  '```ts file=app.ts',
  'const a = 1',
  '```',
  'Then:',
  '```ts file=app.ts continue',
  'const b = 2',
  '```',
  '```sh',
  'ls',
  '```',
  '```ts',
  'const c = 3',
  '```',
  '```ts continue',
  'const d = 4',
  '```',
].join('\n')

test('blocks of one file are joined, and others are modules of their own', () => {
  const files = filesOf(blocksOf('page.md', PAGE))
  assert.deepEqual(
    files.map(({ path, text }) => [path, text]),
    [
      ['app.ts', 'const a = 1\nconst b = 2\n'],
      ['block-13.ts', 'const c = 3\nconst d = 4\n'],
    ],
  )
})

test('a line of a file is found in its page', () => {
  const [file] = filesOf(blocksOf('page.md', PAGE))
  assert.equal(placeOf(file!, 1), 'page.md:3')
  assert.equal(placeOf(file!, 2), 'page.md:7')
})
