import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, test } from 'node:test'

const program = resolve(import.meta.dirname, '../src/bin.ts')
const home = mkdtempSync(join(tmpdir(), 'create-main-'))
after(() => rmSync(home, { recursive: true, force: true }))

function create(...args: readonly string[]) {
  const env = { ...process.env, npm_config_user_agent: 'npm/11.0.0 node/v24.0.0' }
  return spawnSync(process.execPath, [program, ...args], { cwd: home, encoding: 'utf8', env })
}

test('it makes a folder and says what comes next', () => {
  const { status, stdout } = create('My App', '--template', 'api')
  assert.equal(status, 0)
  assert.match(stdout, /Made my-app \(api\)/)
  assert.match(stdout, /cd My App\n {2}npm install\n {2}npm start/)
  assert.ok(existsSync(join(home, 'My App/api/index.ts')))
})

test('an unknown template is refused, with the known ones named', () => {
  const { status, stderr } = create('other', '--template', 'huge')
  assert.equal(status, 2)
  assert.match(stderr, /no template 'huge': it is one of minimal, api, full/)
})

test('a folder in use is refused', () => {
  create('twice')
  const { status, stderr } = create('twice')
  assert.equal(status, 1)
  assert.match(stderr, /is not empty/)
})

test('--help names the templates', () => {
  const { status, stdout } = create('--help')
  assert.equal(status, 0)
  assert.match(stdout, /minimal.*api.*full/s)
})
