import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test } from 'node:test'

/** Everything that a module imports at once, through all modules; not what it fetches when it is needed. */
async function staticImports(file: string, seen: Set<string>): Promise<Set<string>> {
  const source = await readFile(file, 'utf8')
  for (const [, type, specifier] of source.matchAll(/^(?:import|export) (type )?[^'\n]*?from '([^']+)'/gm)) {
    const path = specifier!.startsWith('.') ? join(dirname(file), specifier!) : specifier!
    if (type !== undefined || seen.has(path)) continue
    seen.add(path)
    if (specifier!.startsWith('.')) await staticImports(path, seen)
  }
  return seen
}

test('the Fetch bridges need none of the modules of Node', async () => {
  const modules = await staticImports(join(import.meta.dirname, '../../src/fetch.ts'), new Set())
  assert.ok(modules.size >= 5)
  assert.deepEqual(
    [...modules].filter((path) => !path.startsWith('/')),
    [],
  )
})
