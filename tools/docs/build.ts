/** `npm run docs:build`: makes the site in `docs/.vitepress/dist`, the reference and `llms.txt` included. */
import { spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { delimiter, resolve } from 'node:path'

const env = { ...process.env, PATH: resolve('node_modules/.bin') + delimiter + process.env.PATH }

function run(program: string, ...args: readonly string[]): void {
  const { status, error } = spawnSync(program, args, { stdio: 'inherit', env })
  if (error !== undefined) throw error
  if (status !== 0) process.exit(status ?? 1)
}

run('tsc', '-b', ...globSync('packages/*/tsconfig.json'))
run(process.execPath, 'tools/docs/generate.ts')
// VitePress is a project of its own, so that whoever only works on the packages need not install it.
if (!existsSync('docs/node_modules')) run('npm', '--prefix', 'docs', 'ci', '--no-audit', '--no-fund')
run('npm', '--prefix', 'docs', 'run', 'build')
