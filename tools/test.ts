/**
 * Runs every package's tests: `node tools/test.ts [PATH...]`.
 *
 * A file that fails is run once more with the machine to itself, and the output says so: many tests measure time, and
 * the first round runs two files at once. A file that fails alone too has failed.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const reporter = fileURLToPath(new URL('failed-files.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'flask-ts-tests-'))

/** Runs test files: whether all passed, and which did not. */
function run(patterns: readonly string[], concurrency: number): { passed: boolean; failed: string[] } {
  const list = join(folder, 'failed')
  const { status } = spawnSync(
    process.execPath,
    [
      '--test',
      `--test-concurrency=${concurrency}`,
      '--test-timeout=120000',
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      `--test-reporter=${reporter}`,
      `--test-reporter-destination=${list}`,
      ...patterns,
    ],
    { stdio: 'inherit' },
  )
  const failed = new Set(readFileSync(list, 'utf8').split('\n').filter(Boolean))
  return { passed: status === 0, failed: [...failed] }
}

const given = process.argv.slice(2)
const patterns =
  given.length > 0
    ? given
    : ['packages/*/test/**/*.test.ts', 'tools/test/**/*.test.ts', 'examples/**/*.test.ts']
try {
  let { passed, failed } = run(patterns, 2)
  if (!passed && failed.length > 0 && failed.length <= 3) {
    console.log(
      `\nFailed beside others, now once more alone: ${failed.map((file) => relative('', file)).join(', ')}`,
    )
    passed = run(failed, 1).passed
  }
  process.exitCode = passed ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
