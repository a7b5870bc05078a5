/** Runs every package's tests: `node tools/test.ts [PATH...]`. */
import { spawnSync } from 'node:child_process'

const given = process.argv.slice(2)
const patterns =
  given.length > 0
    ? given
    : ['packages/*/test/**/*.test.ts', 'tools/test/**/*.test.ts', 'examples/**/*.test.ts']
const { status } = spawnSync(
  process.execPath,
  ['--test', '--test-concurrency=2', '--test-timeout=120000', ...patterns],
  {
    stdio: 'inherit',
  },
)
process.exitCode = status ?? 1
