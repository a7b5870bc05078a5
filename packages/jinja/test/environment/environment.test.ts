import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileExpression, DictLoader, Environment, selectAutoescape } from '@flask-ts/jinja'

test('a template is kept until its source changes', () => {
  const sources: Record<string, string> = { a: 'one' }
  const environment = new Environment({ loader: new DictLoader(sources) })
  const first = environment.getTemplate('a')
  assert.equal(environment.getTemplate('a'), first)
  sources.a = 'two'
  assert.equal(environment.getTemplate('a').render(), 'two')
})

test('without auto reload a changed source goes unseen', () => {
  const sources: Record<string, string> = { a: 'one' }
  const environment = new Environment({ loader: new DictLoader(sources), autoReload: false })
  environment.getTemplate('a')
  sources.a = 'two'
  assert.equal(environment.getTemplate('a').render(), 'one')
})

test('the cache forgets the template that was used longest ago', () => {
  const environment = new Environment({ loader: new DictLoader({ a: '', b: '', c: '' }), cacheSize: 2 })
  const [a, b] = [environment.getTemplate('a'), environment.getTemplate('b')]
  assert.equal(environment.getTemplate('a'), a)
  environment.getTemplate('c')
  assert.equal(environment.getTemplate('a'), a)
  assert.notEqual(environment.getTemplate('b'), b)
})

test('a cache of size 0 keeps nothing', () => {
  const environment = new Environment({ loader: new DictLoader({ a: '' }), cacheSize: 0 })
  assert.notEqual(environment.getTemplate('a'), environment.getTemplate('a'))
})

test('an overlay changes options and shares filters and globals', () => {
  const base = new Environment({ extensions: ['do'] })
  base.filters.shout = (value: unknown) => `${value}!`
  const overlay = base.overlay({ blockStartString: '<%', blockEndString: '%>', autoescape: true })
  base.globals.x = '<'
  assert.equal(overlay.fromString('<% do 1 %>{{ x|shout }}').render(), '&lt;!')
  assert.equal(base.fromString('{% do 1 %}{{ x|shout }}').render(), '<!')
})

test('globals of one template reach the templates that it imports', () => {
  const loader = new DictLoader({
    m: '{% macro f() %}{{ g }}{% endmacro %}',
    main: '{% import "m" as m %}{{ m.f() }}{{ g }}',
  })
  const environment = new Environment({ loader })
  assert.equal(environment.getTemplate('main', null, { g: 'G' }).render(), 'GG')
  assert.equal(environment.getTemplate('m').ownGlobals, null)
})

test('names can be joined to the name of the template that asks', () => {
  class Relative extends Environment {
    override joinPath(name: string, parent: string): string {
      return parent.replace(/[^/]*$/, name)
    }
  }
  const loader = new DictLoader({ 'x/main': '{% include "part" %}', 'x/part': 'here' })
  assert.equal(new Relative({ loader }).getTemplate('x/main').render(), 'here')
})

test('a list of names gives the first template there is', () => {
  const environment = new Environment({ loader: new DictLoader({ b: 'B' }) })
  assert.equal(environment.selectTemplate(['a', 'b']).render(), 'B')
  assert.throws(() => environment.selectTemplate(['x', 'y']), {
    name: 'TemplatesNotFound',
    message: 'none of the templates given were found: x, y',
  })
})

test('autoescaping is chosen by the end of the name', () => {
  const environment = new Environment({
    autoescape: selectAutoescape({ disabledExtensions: ['txt'], default: true }),
    loader: new DictLoader({ 'a.HTML': '{{ x }}', 'a.txt': '{{ x }}', a: '{{ x }}' }),
  })
  const rendered = ['a.HTML', 'a.txt', 'a'].map((name) => environment.getTemplate(name).render({ x: '<' }))
  assert.deepEqual(rendered, ['&lt;', '<', '&lt;'])
})

test('attributes of host objects can have a second name', () => {
  const alternateName = (name: string): string | null =>
    name.includes('_') ? name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) : null
  class Request {
    viewArgs = { id: 7 }
    isSecure(): boolean {
      return true
    }
  }
  const environment = new Environment({ alternateName })
  const source =
    '{{ request.view_args.id }}{{ request.is_secure() }}{{ request["view_args"].id }}{{ request.no_such }}'
  assert.equal(environment.fromString(source).render({ request: new Request() }), '7True7')
})

test('host objects give properties, bound methods, and the values of keyed stores', () => {
  class Person {
    #name = 'Ada'
    get name(): string {
      return this.#name
    }
    greet(word: string): string {
      return `${word} ${this.#name}`
    }
  }
  const source =
    '{{ p.name }} {{ p.greet("hi") }} {% set f = p.greet %}{{ f("ho") }} {{ h.accept }}{{ h["accept"] }}'
  const context = { p: new Person(), h: new Headers({ accept: 'x' }) }
  assert.equal(new Environment().fromString(source).render(context), 'Ada hi Ada ho Ada xx')
})

test('functions of the host get named arguments as an object', () => {
  const link = (path: string, options: { external?: boolean } = {}): string =>
    `${path}${options.external === true ? '!' : ''}`
  const template = new Environment().fromString(
    '{{ link("a") }}{{ link("b", external=true) }}{{ link("c", **{}) }}',
  )
  assert.equal(template.render({ link }), 'ab!c')
})

test('an expression is compiled to a function of its variables', () => {
  const environment = new Environment()
  const rule = compileExpression(environment, 'age >= 18 and country in ["DE", "FR"]')
  assert.equal(rule({ age: 20, country: 'DE' }), true)
  assert.equal(compileExpression(environment, 'missing')(), null)
  assert.throws(() => compileExpression(environment, 'a b'), { description: 'chunk after expression' })
})
