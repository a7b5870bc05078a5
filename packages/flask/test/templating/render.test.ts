import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  Blueprint,
  beforeRenderTemplate,
  Flask,
  flash,
  g,
  getTemplateAttribute,
  renderTemplate,
  renderTemplateString,
  streamTemplateString,
  templateRendered,
} from 'flask-ts'

const folder = mkdtempSync(join(tmpdir(), 'flask-templates-'))
for (const owner of ['app', 'shop']) mkdirSync(join(folder, owner, 'templates'), { recursive: true })
writeFileSync(join(folder, 'app/templates/both.html'), 'of the app: {{ value }}')
writeFileSync(join(folder, 'shop/templates/both.html'), 'of the shop')
writeFileSync(join(folder, 'shop/templates/shop.txt'), 'shop {{ value }} {{ currency }}')
writeFileSync(
  join(folder, 'app/templates/macros.html'),
  '{% macro field(name, label="none") %}{{ name }}: {{ label }}{% endmacro %}',
)

function makeApp(): Flask {
  return new Flask('app', { rootPath: join(folder, 'app') })
}

test('the application’s templates win over those of blueprints, whose processors serve their requests only', async () => {
  const app = makeApp()
  const shop = new Blueprint('shop', 'pkg', { rootPath: join(folder, 'shop'), templateFolder: 'templates' })
  shop.contextProcessor(() => ({ currency: '€', value: 'from processor' }))
  shop.route('/shop', () => renderTemplate('shop.txt', { value: '<v>' }))
  app.route(
    '/',
    () => `${renderTemplate('both.html', { value: '<v>' })} ${renderTemplate('shop.txt', { value: 1 })}`,
  )
  app.registerBlueprint(shop)
  const client = app.testClient()
  assert.equal((await client.get('/')).text, 'of the app: &lt;v&gt; shop 1 ')
  assert.equal((await client.get('/shop')).text, 'shop <v> €')
})

test('templates see the request, session, g and config under Python’s names', () => {
  const app = makeApp()
  app.secretKey = 'k'
  app.route('/page/<int:number>', { endpoint: 'page' }, () => 'x')
  using _context = app.testRequestContext('/page/3?q=a%20b')
  g.person = { name: 'ada' }
  flash('saved', 'info')
  const text = renderTemplateString(
    "{{ request.view_args.number }} {{ request.args.get('none', 'default') }} {{ request.args.q }} {{ g.person.name }} " +
      "{{ config.SESSION_COOKIE_NAME }} {{ url_for('page', number=4, q='x') }} {{ get_flashed_messages(with_categories=true) }} {{ session.none is defined }}",
  )
  assert.equal(text, '3 default a b ada session /page/4?q=x [(&#39;info&#39;, &#39;saved&#39;)] False')
})

test('filters, tests and globals are added by the function’s name or by another', () => {
  const app = makeApp()
  app.templateFilter(function twice(value: number) {
    return value * 2
  })
  app.templateTest('big', (value: number) => value > 9)
  app.templateGlobal('shout', (text: string) => text.toUpperCase())
  assert.throws(() => app.templateFilter(() => 1), /needs a name/)
  using _context = app.appContext()
  assert.equal(renderTemplateString("{{ 5|twice }} {{ 10 is big }} {{ shout('x') }}"), '10 True X')
})

test('tojson follows the application’s provider, made safe for HTML', () => {
  using _context = makeApp().appContext()
  const data = { b: '</script>', a: new Date(0) }
  assert.equal(
    renderTemplateString('{{ data|tojson }}', { data }),
    '{"a": "Thu, 01 Jan 1970 00:00:00 GMT", "b": "\\u003c/script\\u003e"}',
  )
})

test('signals surround the rendering, and streams keep the request', async () => {
  const app = makeApp()
  const log: string[] = []
  app.teardownRequest(() => void log.push('teardown'))
  app.route('/x', () => streamTemplateString('{% for n in [1, 2] %}{{ request.path }}{{ n }} {% endfor %}'))
  using _before = beforeRenderTemplate.connectedTo(() => log.push('before'), app)
  using _after = templateRendered.connectedTo(() => log.push('rendered'), app)
  assert.equal((await app.testClient().get('/x')).text, '/x1 /x2 ')
  assert.deepEqual(log, ['before', 'rendered', 'teardown'])
})

test('a macro can be called from the program', () => {
  using _context = makeApp().appContext()
  const field = getTemplateAttribute('macros.html', 'field') as (...args: unknown[]) => unknown
  assert.equal(String(field('email')), 'email: none')
  assert.equal(String(field('email', { label: '<E>' })), 'email: &lt;E&gt;')
})

test('an async context processor is refused by name', () => {
  const app = makeApp()
  app.contextProcessor(async function later() {
    return {}
  } as never)
  using _context = app.appContext()
  assert.throws(() => renderTemplateString('x'), {
    name: 'TemplateContextError',
    message: /'later' is async/,
  })
})

test('a missing template names what was looked for', () => {
  using _context = makeApp().appContext()
  assert.throws(() => renderTemplate('none.html'), /none\.html/)
  assert.throws(() => renderTemplate(['a.html', 'b.html']), /a\.html.*b\.html/)
})
