import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { compileTemplates, DictLoader, Environment } from '@flask-ts/jinja'

/** Installed by `npm ci --prefix conformance/runtimes`, with the other runtimes. */
const workerd = fileURLToPath(
  new URL('../../../../conformance/runtimes/node_modules/workerd/bin/workerd', import.meta.url),
)
const isThere = existsSync(workerd) || process.env.CI === 'true'
const skip = isThere ? false : 'skipped: workerd is not installed in conformance/runtimes'
const folder = mkdtempSync(join(tmpdir(), 'jinja-workerd-'))
after(() => rmSync(folder, { recursive: true }))

const environment = new Environment({
  autoescape: true,
  loader: new DictLoader({
    'base.html': '<{% block body %}{% endblock %}>',
    'page.html':
      '{% extends "base.html" %}{% from "macros.html" import b %}{% block body %}{{ b(name, y=2) }}' +
      '{% for x in xs %}{{ loop.index }}{{ x|upper }}{% endfor %}{{ {"a": [1.5, None]} }}{% endblock %}',
    'macros.html': '{% macro b(x, y=1) %}<b>{{ x }}{{ y }}</b>{% endmacro %}',
  }),
})
const context = { name: '<x>', xs: ['a', 'b'] }
const output = '<<b>&lt;x&gt;2</b>1A2B{&#39;a&#39;: [1.5, None]}>'

/** A worker whose test fails unless code of text is refused and the template gives what it should. */
const worker = (expected: string): string => `
  import { Environment, ModuleLoader } from '@flask-ts/jinja/compiled'
  import { templates } from './build/index.js'
  export default {
    test() {
      let refused = false
      try { new Function('1') } catch { refused = true }
      if (!refused) throw new Error('code can be made of text here')
      const environment = new Environment({ autoescape: true, loader: new ModuleLoader(templates) })
      const page = environment.getTemplate('page.html')
      const context = ${JSON.stringify(context)}
      for (const text of [page.render(context), [...page.generate(context)].join('')]) {
        if (text !== ${JSON.stringify(expected)}) throw new Error('rendered ' + text)
      }
    },
  }`

/** A module and all that it needs, as plain JavaScript under flat names: workerd knows neither types nor packages. */
function flattened(entry: string): string[] {
  const sources: string[] = []
  const names = new Map<string, string>()
  const visit = (url: string): string => {
    const known = names.get(url)
    if (known !== undefined) return known
    const index = sources.push('') - 1
    const name = `m${index}.js`
    names.set(url, name)
    const code = stripTypeScriptTypes(readFileSync(fileURLToPath(url), 'utf8'))
    sources[index] = code.replace(/from '([^']+)'/g, (_all, specifier: string) => {
      const isRelative = specifier.startsWith('.')
      return `from './${visit(isRelative ? new URL(specifier, url).href : import.meta.resolve(specifier))}'`
    })
    return name
  }
  visit(entry)
  return sources
}

function runWorker(name: string, source: string): { status: number | null; stderr: string } {
  const path = join(folder, `${name}.js`)
  writeFileSync(path, source)
  mkdirSync(join(folder, name))
  const sources = flattened(pathToFileURL(path).href)
  for (const [index, code] of sources.entries()) writeFileSync(join(folder, name, `m${index}.js`), code)
  const modules = sources.map((_, index) => `(name = "m${index}.js", esModule = embed "m${index}.js")`)
  const config = join(folder, name, 'config.capnp')
  writeFileSync(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
     const config :Workerd.Config = (services = [(name = "main", worker = (
       modules = [${modules.join(', ')}], compatibilityDate = "2026-01-01"))]);`,
  )
  return spawnSync(workerd, ['test', config], { encoding: 'utf8' })
}

test('compiled modules render in workerd, where no code can be made of text', { skip }, () => {
  compileTemplates(environment, join(folder, 'build'))
  const right = runWorker('right', worker(output))
  assert.equal(right.status, 0, right.stderr)
  const wrong = runWorker('wrong', worker('something else'))
  assert.notEqual(wrong.status, 0)
  assert.match(wrong.stderr, /rendered <<b>/)
})
