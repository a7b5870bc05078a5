import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import {
  ChoiceLoader,
  DictLoader,
  Environment,
  FileSystemLoader,
  FunctionLoader,
  PackageLoader,
  PrefixLoader,
} from '@flask-ts/jinja'

let root: string

before(() => {
  root = mkdtempSync(join(tmpdir(), 'jinja-loaders-'))
  mkdirSync(join(root, 'one/sub'), { recursive: true })
  mkdirSync(join(root, 'two'))
  writeFileSync(join(root, 'one/a.html'), 'one')
  writeFileSync(join(root, 'one/sub/b.html'), 'b')
  writeFileSync(join(root, 'two/a.html'), 'two')
  writeFileSync(join(root, 'two/c.html'), 'é')
  writeFileSync(join(root, 'secret'), 'secret')
  symlinkSync(join(root, 'two'), join(root, 'one/linked'))
})

after(() => rmSync(root, { recursive: true }))

describe('the loader of files', () => {
  const loader = (): FileSystemLoader => new FileSystemLoader([join(root, 'one'), join(root, 'two')])

  test('takes the first folder that has the file', () => {
    assert.equal(loader().getSource('a.html').source, 'one')
    assert.equal(loader().getSource('c.html').source, 'é')
    assert.equal(loader().getSource('sub/./b.html').filename, join(root, 'one/sub/b.html'))
  })

  test('never leaves its folders', () => {
    for (const name of ['../secret', 'sub/../../secret', '..\\secret', '../one/a.html', 'a.html\0']) {
      assert.throws(() => loader().getSource(name), { name: 'TemplateNotFound' }, name)
    }
  })

  test('says where it has looked', () => {
    const path = join(root, 'one')
    assert.throws(() => new FileSystemLoader(path).getSource('x'), {
      message: `'x' not found in search path: '${path}'`,
    })
  })

  test('lists the files of all folders once, links only if told so', () => {
    assert.deepEqual(loader().listTemplates(), ['a.html', 'c.html', 'sub/b.html'])
    const following = new FileSystemLoader(join(root, 'one'), { followLinks: true })
    assert.deepEqual(following.listTemplates(), ['a.html', 'linked/a.html', 'linked/c.html', 'sub/b.html'])
  })

  test('notices when a file changes or goes away', () => {
    const file = join(root, 'two/changing.html')
    writeFileSync(file, 'old')
    const environment = new Environment({ loader: loader() })
    assert.equal(environment.getTemplate('changing.html').render(), 'old')
    writeFileSync(file, 'new')
    utimesSync(file, 1, 1)
    assert.equal(environment.getTemplate('changing.html').render(), 'new')
    rmSync(file)
    assert.throws(() => environment.getTemplate('changing.html'), { name: 'TemplateNotFound' })
  })

  test('refuses bytes that are not text in its encoding', () => {
    writeFileSync(join(root, 'two/latin.html'), Uint8Array.of(0xe9))
    assert.throws(() => loader().getSource('latin.html'), TypeError)
    const latin = new FileSystemLoader(join(root, 'two'), { encoding: 'latin1' })
    assert.equal(latin.getSource('latin.html').source, 'é')
    rmSync(join(root, 'two/latin.html'))
  })
})

test('the loader of an object gives only its own properties', () => {
  const loader = new DictLoader({ b: '', a: '' })
  assert.deepEqual(loader.listTemplates(), ['a', 'b'])
  assert.throws(() => loader.getSource('toString'), { name: 'TemplateNotFound' })
  assert.equal(new DictLoader(new Map([['x', 'y']])).getSource('x').source, 'y')
})

test('the loader by function takes text, a whole source, or null', () => {
  const loader = new FunctionLoader((name) => {
    if (name === 'text') return 'T'
    return name === 'source' ? { source: 'S', filename: '/s', upToDate: null } : null
  })
  assert.equal(loader.getSource('text').source, 'T')
  assert.equal(loader.getSource('source').filename, '/s')
  assert.throws(() => loader.getSource('other'), { name: 'TemplateNotFound', message: 'other' })
  assert.throws(() => loader.listTemplates(), TypeError)
})

test('prefixes choose the loader, and errors name the whole template', () => {
  const loader = new PrefixLoader({ app: new DictLoader({ a: 'A' }), lib: new DictLoader({ a: 'L' }) })
  assert.equal(new Environment({ loader }).getTemplate('lib/a').render(), 'L')
  assert.deepEqual(loader.listTemplates(), ['app/a', 'lib/a'])
  for (const name of ['app/x', 'none/a', 'a']) {
    assert.throws(() => loader.getSource(name), { name: 'TemplateNotFound', message: name })
  }
})

test('a choice asks its loaders in turn', () => {
  const loader = new ChoiceLoader([new DictLoader({ a: '1' }), new DictLoader({ a: '2', b: '3' })])
  assert.equal(loader.getSource('a').source, '1')
  assert.equal(loader.getSource('b').source, '3')
  assert.deepEqual(loader.listTemplates(), ['a', 'b'])
  assert.throws(() => loader.getSource('c'), { name: 'TemplateNotFound' })
})

test('templates are found in an installed package', () => {
  mkdirSync(join(root, 'node_modules/theme/templates'), { recursive: true })
  writeFileSync(join(root, 'node_modules/theme/package.json'), '{ "name": "theme" }')
  writeFileSync(join(root, 'node_modules/theme/templates/x.html'), 'themed')
  const from = `file://${root}/program.js`
  const loader = new PackageLoader('theme', 'templates', { from })
  assert.equal(new Environment({ loader }).getTemplate('x.html').render(), 'themed')
  assert.deepEqual(loader.listTemplates(), ['x.html'])
  assert.throws(() => loader.getSource('../package.json'), { name: 'TemplateNotFound' })
  assert.throws(() => new PackageLoader('no-such-theme', 'templates', { from }), { name: 'ValueError' })
})
