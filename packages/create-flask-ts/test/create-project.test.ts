import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, test } from 'node:test'
import { createProject, FolderInUseError, TEMPLATES, type TemplateName } from '../src/index.ts'

// Below the repository, so that the project finds the workspace's packages as its own.
const home = join(resolve(import.meta.dirname, '../../..'), 'tmp')
mkdirSync(home, { recursive: true })
const folder = mkdtempSync(join(home, 'create-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function run(cwd: string, program: string, ...args: readonly string[]): string {
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined }
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', env })
  assert.equal(status, 0, stdout + stderr)
  return stdout
}

for (const template of Object.keys(TEMPLATES) as TemplateName[]) {
  test(`a project from ${template} compiles and passes its own tests`, () => {
    const project = join(folder, template)
    createProject({ folder: project, name: `my-${template}`, template })
    const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
    assert.equal(manifest.name, `my-${template}`)
    assert.match(manifest.dependencies['flask-ts'], /^\^\d/)
    assert.match(readFileSync(join(project, '.env'), 'utf8'), /^FLASK_SECRET_KEY=[0-9a-f]{64}$/m)
    assert.match(readFileSync(join(project, '.gitignore'), 'utf8'), /^\.env$/m)
    assert.match(run(project, process.execPath, '--test'), /fail 0/)
    run(project, resolve(home, '../node_modules/.bin/tsc'))
  })
}

test('two projects have different keys', () => {
  const keys = ['one', 'two'].map((name) => {
    createProject({ folder: join(folder, name), name, template: 'minimal' })
    return readFileSync(join(folder, name, '.env'), 'utf8')
  })
  assert.notEqual(keys[0], keys[1])
})

test('files that are there already are left alone', () => {
  const used = mkdtempSync(join(tmpdir(), 'create-used-'))
  writeFileSync(join(used, 'notes.txt'), 'mine')
  assert.throws(() => createProject({ folder: used, name: 'used', template: 'minimal' }), FolderInUseError)
  assert.equal(existsSync(join(used, 'app.ts')), false)
  rmSync(used, { recursive: true })
})
