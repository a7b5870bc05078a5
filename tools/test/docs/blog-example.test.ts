import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { blocksOf } from '../../docs/blocks.ts'
import { filesOf } from '../../docs/modules.ts'
import { stepsOf } from '../../docs/tutorial.ts'

/** Files that the tutorial's last steps remove. */
const REMOVED = ['flaskr/schema.sql', 'tests/data.sql']

test('examples/blog is what the tutorial builds', () => {
  const files = filesOf(stepsOf().flatMap(({ path, text }) => blocksOf(path, text)))
  for (const { path, text } of files) {
    if (path.startsWith('block-') || REMOVED.includes(path)) continue
    assert.equal(readFileSync(join('examples/blog', path), 'utf8'), text, path)
  }
})
