import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Blueprint, Flask, request, tuple, urlFor } from 'flask-ts'

test('nested blueprints join names, prefixes and hooks from the outside in', async () => {
  const app = new Flask('app')
  const outer = new Blueprint('outer', 'pkg', { urlPrefix: '/outer' })
  const inner = new Blueprint('inner', 'pkg', { urlPrefix: '/inner/<lang>' })
  const log: string[] = []
  app.beforeRequest(() => void log.push('app'))
  outer.beforeRequest(() => void log.push('outer'))
  inner.beforeRequest(() => void log.push('inner'))
  inner.get('/<int:n>', function page({ lang, n }) {
    return `${lang} ${n} ${request.blueprints.join()} ${urlFor('.page', { lang: 'de', n: 2 })}`
  })
  outer.registerBlueprint(inner)
  app.registerBlueprint(outer)
  const answer = await app.testClient().get('/outer/inner/en/1')
  assert.equal(answer.text, 'en 1 outer.inner,outer /outer/inner/de/2')
  assert.deepEqual(log, ['app', 'outer', 'inner'])
})

test('a blueprint can be registered again under another name only', () => {
  const app = new Flask('app')
  const page = new Blueprint('page', 'pkg')
  page.route('/', function show() {
    return 'x'
  })
  app.registerBlueprint(page, { urlPrefix: '/a' })
  assert.throws(() => app.registerBlueprint(page, { urlPrefix: '/b' }), {
    name: 'DuplicateBlueprintError',
    message: /'page' is already registered for this blueprint/,
  })
  assert.throws(() => app.registerBlueprint(new Blueprint('page', 'pkg')), /a different blueprint/)
  app.registerBlueprint(page, { urlPrefix: '/b', name: 'second' })
  assert.deepEqual([...app.blueprints.keys()], ['page', 'second'])
})

test('a registered blueprint takes no more set-up', () => {
  const app = new Flask('app')
  const page = new Blueprint('page', 'pkg')
  app.registerBlueprint(page)
  assert.throws(() => page.route('/late', () => 'x'), { name: 'LateSetupError', message: /blueprint 'page'/ })
})

test('names with dots or slashes, and registering on itself, are refused', () => {
  assert.throws(() => new Blueprint('a.b', 'pkg'), /may not contain a dot/)
  assert.throws(() => new Blueprint('', 'pkg'), /may not be empty/)
  const page = new Blueprint('page', 'pkg')
  assert.throws(() => page.registerBlueprint(page), /on itself/)
  assert.throws(() => page.route('/', { endpoint: 'a.b' }, () => 'x'), /may not contain a dot/)
})

test('what is recorded once runs once, and app-wide hooks reach every request', async () => {
  const app = new Flask('app')
  const page = new Blueprint('page', 'pkg')
  let recorded = 0
  page.recordOnce(() => {
    recorded++
  })
  page.appErrorHandler(404, () => tuple('nowhere', 404))
  page.afterAppRequest((response) => {
    response.headers.set('X-Seen', 'yes')
    return response
  })
  app.registerBlueprint(page)
  app.registerBlueprint(page, { name: 'again' })
  const answer = await app.testClient().get('/none')
  assert.equal(recorded, 1)
  assert.equal(answer.text, 'nowhere')
  assert.equal(answer.headers.get('X-Seen'), 'yes')
})

test('commands of a blueprint come in a group of its name, or directly', async () => {
  const app = new Flask('app')
  const [grouped, flat] = [new Blueprint('grouped', 'pkg'), new Blueprint('flat', 'pkg', { cliGroup: null })]
  grouped.cli.command('go', () => console.log('grouped'))
  flat.cli.command('run-it', () => console.log('flat'))
  app.registerBlueprint(grouped)
  app.registerBlueprint(flat)
  const runner = app.testCliRunner()
  assert.equal((await runner.invoke(['grouped', 'go'])).stdout, 'grouped\n')
  assert.equal((await runner.invoke(['run-it'])).stdout, 'flat\n')
})
