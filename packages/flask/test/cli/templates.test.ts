import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const bin = join(here, '../../src/cli/bin.ts')
// Below the package, so that the programs find it by its name.
const folder = mkdtempSync(join(here, 'templates-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const APP = `
  import { Flask, renderTemplate } from 'flask-ts'
  import { ModuleLoader } from '@flask-ts/jinja'
  export const app = new Flask(import.meta)
  app.templateFilter('shout', (text) => String(text) + '!')
  app.contextProcessor(() => ({ year: 2026 }))
  const user = { name: 'Ada' }
  app.route('/', function home() {
    return renderTemplate('page.html', { user, "title": 'Hello, {reader}', /* an, other */ items: [1, { a: 2 }] })
  })`

const good = {
  'base.html': '<{{ title }}>{% block body %}{% endblock %}{{ year }}{{ url_for("home") }}',
  'page.html':
    '{% extends "base.html" %}{% block body %}{{ user.name|shout }}{% for i in items %}{{ i }}{% endfor %}{% endblock %}',
}

/** Writes a program of its own with templates. */
function program(name: string, source: string, templates: Readonly<Record<string, string>>): string {
  const root = join(folder, name)
  mkdirSync(join(root, 'templates'), { recursive: true })
  writeFileSync(join(root, 'app.ts'), source)
  for (const [file, text] of Object.entries(templates)) writeFileSync(join(root, 'templates', file), text)
  return root
}

function flask(cwd: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, '--app', 'app', ...args], { cwd }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    )
  })
}

describe('flask templates check', () => {
  it('is content with templates whose names the program gives', async () => {
    const outcome = await flask(program('good', APP, good), 'templates', 'check')
    assert.deepEqual(outcome, { code: 0, stdout: '2 templates checked, no problems found.\n', stderr: '' })
  })

  it('prints file, line and problem, and fails', async () => {
    const bad = {
      ...good,
      'bad.html': 'one\n{{ usr }}{{ year|nope }}',
      'worse.html': '\n\n{% if %}',
      'x.html': '{{ usr }}',
    }
    const { code, stdout, stderr } = await flask(program('bad', APP, bad), 'templates', 'check')
    assert.deepEqual(stdout.split('\n'), [
      "templates/bad.html:2: No filter named 'nope'.",
      "templates/worse.html:3: Expected an expression, got 'end of statement block'",
      "templates/x.html:1: unknown name 'usr'",
      '',
    ])
    assert.equal(stderr, 'Error: 5 templates checked, 3 problems found.\n')
    assert.equal(code, 1)
  })

  it('says why names cannot be checked, until the missing ones are given', async () => {
    const source = `${APP}
      const values = { extra: 1 }
      app.route('/more', () => renderTemplate('more.html', values))`
    const root = program('unclear', source, { ...good, 'more.html': '{{ extra }}{{ wrong }}' })
    const unclear = await flask(root, 'templates', 'check')
    assert.equal(unclear.code, 0)
    assert.match(unclear.stderr, /Names are not checked[\s\S]* app\.ts:12[\s\S]*--given/)
    const given = await flask(root, 'templates', 'check', '--given', 'extra')
    assert.equal(given.stdout, "templates/more.html:1: unknown name 'wrong'\n")
    assert.equal(given.code, 1)
  })

  it('leaves names alone if told to, and other kinds of files', async () => {
    const root = program('narrow', APP, { 'a.html': '{{ nobody }}', 'b.css': '{{' })
    const { code } = await flask(root, 'templates', 'check', '--no-names', '--extensions', 'html', 'txt')
    assert.equal(code, 0)
  })
})

describe('flask templates compile', () => {
  it('writes modules that the program renders in place of its templates', async () => {
    const source = `${APP}
      if (process.env.COMPILED) app.jinjaLoader = new ModuleLoader(process.env.COMPILED)
      app.cli.command('render', async () => console.log((await app.testClient().get('/')).text))`
    const root = program('compiled', source, good)
    const { stdout } = await flask(root, 'templates', 'compile', 'out')
    assert.equal(stdout, '2 templates compiled to out\n')
    const plain = await flask(root, 'render')
    assert.equal(plain.stdout, '<Hello, {reader}>Ada!1{&#39;a&#39;: 2}2026/\n')
    rmSync(join(root, 'templates'), { recursive: true })
    process.env.COMPILED = join(root, 'out')
    const compiled = await flask(root, 'render')
    delete process.env.COMPILED
    assert.deepEqual(compiled, plain)
  })

  it('fails for a template with an error', async () => {
    const root = program('broken', APP, { 'a.html': '\n{{ 1' })
    const { code, stderr } = await flask(root, 'templates', 'compile', 'out')
    assert.equal(code, 1)
    assert.match(stderr, /^Error: unexpected end of template[\s\S]*a\.html", line 2/)
  })
})
