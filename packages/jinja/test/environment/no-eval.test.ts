import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { compileTemplates, DictLoader, Environment, ModuleLoader, templateFrames } from '@flask-ts/jinja'

const folder = mkdtempSync(join(tmpdir(), 'jinja-modules-'))
after(() => rmSync(folder, { recursive: true }))

const environment = new Environment({
  autoescape: true,
  loader: new DictLoader({
    'base.html': '<{% block body %}{% endblock %}>',
    'page.html':
      '{% extends "base.html" %}{% from "macros.html" import b %}{% block body %}{{ b(name) }}{% for x in xs %}{{ loop.index }}{{ x|upper }}{% endfor %}{% endblock %}',
    'macros.html': '{% macro b(x) %}<b>{{ x }}</b>{% endmacro %}',
    'broken.html': 'one\n\n{{ 1 // zero }}',
  }),
})

test('compiled modules render as the templates do', () => {
  const names = compileTemplates(environment, folder)
  assert.deepEqual(names, ['base.html', 'broken.html', 'macros.html', 'page.html'])
  const compiled = new Environment({ autoescape: true, loader: new ModuleLoader(folder) })
  const context = { name: '<x>', xs: ['a', 'b'] }
  const page = compiled.getTemplate('page.html')
  assert.equal(page.render(context), environment.getTemplate('page.html').render(context))
  assert.equal([...page.generate(context)].join(''), page.render(context))
  assert.throws(() => compiled.getTemplate('nope'), { name: 'TemplateNotFound' })
  assert.deepEqual(compiled.listTemplates(), names)
})

test('errors in compiled modules still name the line of the template', () => {
  compileTemplates(environment, folder)
  const template = new Environment({ loader: new ModuleLoader(folder) }).getTemplate('broken.html')
  try {
    template.render({ zero: 0 })
    assert.fail('no error')
  } catch (error) {
    assert.deepEqual(
      templateFrames(error).map(({ name, lineno }) => [name, lineno]),
      [['broken.html', 3]],
    )
  }
})

test('compiled modules run where no code can be made of text', () => {
  compileTemplates(environment, folder)
  const program = join(folder, 'program.mjs')
  const jinja = import.meta.resolve('@flask-ts/jinja/compiled')
  writeFileSync(
    program,
    `import { Environment, ModuleLoader } from ${JSON.stringify(jinja)}
     import { templates } from './index.js'
     let refused = false
     try { new Function('1') } catch { refused = true }
     const environment = new Environment({ autoescape: true, loader: new ModuleLoader(templates) })
     console.log(refused, environment.getTemplate('page.html').render({ name: '&', xs: ['q'] }))`,
  )
  const output = execFileSync(process.execPath, ['--disallow-code-generation-from-strings', program])
  assert.equal(output.toString(), 'true <<b>&amp;</b>1Q>\n')
})

test('a template with an error is left out if errors are ignored, and thrown else', () => {
  const bad = new Environment({ loader: new DictLoader({ bad: '{% if %}', good: 'x' }) })
  const log: string[] = []
  const options = { ignoreErrors: true, log: (message: string) => log.push(message) }
  assert.deepEqual(compileTemplates(bad, folder, options), ['good'])
  assert.match(log[0] as string, /^Could not compile "bad": /)
  assert.throws(() => compileTemplates(bad, folder), { name: 'TemplateSyntaxError' })
})

test('rendering compiled modules imports nothing of Node', () => {
  const seen = new Set<string>()
  const visit = (url: string): void => {
    if (seen.has(url)) return
    seen.add(url)
    for (const [, specifier] of readFileSync(fileURLToPath(url), 'utf8').matchAll(/from '([^']+)'/g)) {
      assert.doesNotMatch(specifier as string, /^node:/, url)
      const name = specifier as string
      visit(name.startsWith('.') ? new URL(name, url).href : import.meta.resolve(name))
    }
  }
  visit(import.meta.resolve('@flask-ts/jinja/compiled'))
  assert.ok(seen.size > 50)
})
