/** `npm run check`: types, lint and format, layering, cycles, sizes, dead exports. */
import { spawnSync } from 'node:child_process'
import { delimiter, resolve } from 'node:path'
import { checkDocs } from './check-docs.ts'
import { checkExports } from './check-exports.ts'
import { checkLayers } from './check-layers.ts'
import { checkSizes } from './check-sizes.ts'

/** The programs are the workspace's own, also where npm did not start this script. */
const env = { ...process.env, PATH: resolve('node_modules/.bin') + delimiter + process.env.PATH }

/** Runs a program and gives its output as the problem if it fails. */
function program(name: string, ...args: readonly string[]): string[] {
  const { status, stdout, stderr, error } = spawnSync(name, args, { encoding: 'utf8', env })
  if (error !== undefined) return [`${name} cannot run: ${error.message}`]
  return status === 0 ? [] : [`${stdout}${stderr}`.trim()]
}

const checks: readonly (readonly [name: string, run: () => string[]])[] = [
  ['types', () => program('tsc', '-b')],
  ['lint and format', () => program('biome', 'check', '--error-on-warnings', '--max-diagnostics=40', '.')],
  ['layers and cycles', checkLayers],
  ['file sizes', checkSizes],
  ['dead exports', checkExports],
  ['doc comments', checkDocs],
]

let failed = 0
for (const [name, run] of checks) {
  const begin = performance.now()
  const problems = run()
  const seconds = ((performance.now() - begin) / 1000).toFixed(1)
  console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
  for (const problem of problems) console.log(problem)
  if (problems.length > 0) failed++
}
process.exitCode = failed > 0 ? 1 : 0
