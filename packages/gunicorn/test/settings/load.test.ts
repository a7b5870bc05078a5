import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { workerClassName } from '../../src/arbiter/config-facts.ts'
import { parseCommandLine } from '../../src/settings/command-line.ts'
import { type LoadedConfig, loadConfig } from '../../src/settings/load.ts'
import { settingsPage } from '../../src/settings/page.ts'
import { splitArgs } from '../../src/settings/split-args.ts'
import { Site } from '../support/running-gunicorn.ts'

function load(site: Site, args: readonly string[], env: Record<string, string> = {}): Promise<LoadedConfig> {
  return loadConfig({ args, env, cwd: site.folder })
}

test('the command line is stronger than the environment, and both than the config file', async () => {
  using site = new Site({
    'gunicorn.conf.mjs':
      'export const workers = 2; export const threads = 8; export let timeout = 11, backlog = 5',
  })
  const env = { GUNICORN_CMD_ARGS: '--workers 3 --timeout=12' }
  const { config, configFile, ignored } = await load(site, ['-w4', 'app:app'], env)
  assert.equal(config.workers, 4)
  assert.equal(config.timeout, 12)
  assert.equal(config.backlog, 5)
  assert.equal(configFile, site.path('gunicorn.conf.mjs'))
  assert.deepEqual(ignored, ['threads: one event loop serves all connections of a worker'])
})

test('the config file may be TypeScript, have camelCase names, and export an object', async () => {
  using site = new Site({
    'my.conf.ts': `interface Own { readonly n: number }
      const own: Own = { n: 9 }
      export default { workerClass: 'http', bind: ['a:1', 'b:2'], keepAlive: 5, max_requests: own.n, maxMemory: '1.5g' }`,
  })
  const { config } = await load(site, ['--config', 'my.conf.ts', 'app:app'])
  assert.equal(config.worker_class, 'http')
  assert.deepEqual(config.bind, ['a:1', 'b:2'])
  assert.equal(config.keepalive, 5)
  assert.equal(config.max_requests, 9)
  assert.equal(config.max_memory, 1.5 * 1024 ** 3)
})

test('the application may stand in the config file or in the environment', async () => {
  using site = new Site({ 'gunicorn.conf.mjs': "export const wsgi_app = 'one:app'" })
  assert.equal((await load(site, [])).app, 'one:app')
  assert.equal((await load(site, [], { GUNICORN_CMD_ARGS: 'two:app' })).app, 'two:app')
  assert.equal((await load(site, ['three:app'], { GUNICORN_CMD_ARGS: 'two:app' })).app, 'three:app')
})

test('worker classes of Python mean the native one', async () => {
  using site = new Site({})
  for (const name of ['sync', 'gthread', 'gevent', 'eventlet', 'tornado', 'asgi']) {
    assert.equal(workerClassName((await load(site, ['-k', name, 'app'])).config), 'native')
  }
})

test('the config file is read anew each time', async () => {
  using site = new Site({ 'gunicorn.conf.mjs': 'export const workers = 2' })
  assert.equal((await load(site, ['a'])).config.workers, 2)
  site.write('gunicorn.conf.mjs', 'export const workers = 3')
  assert.equal((await load(site, ['a'])).config.workers, 3)
})

test('wrong values name the setting, where it stands and what it takes', async () => {
  using site = new Site({
    'typo.mjs': 'export default { wokers: 3 }',
    'throws.mjs': 'throw new Error("inside")',
  })
  const refused = async (args: readonly string[], message: RegExp): Promise<void> => {
    await assert.rejects(load(site, [...args, 'app:app']), { name: 'SettingError', message })
  }
  await refused(
    ['-w', 'x'],
    /Invalid value in the command line: workers must be a whole number of at least 0, not "x"/,
  )
  await refused(['-t', '-1'], /argument missing|timeout must be a number/)
  await refused(['-k', 'thread'], /worker_class must be one of "native", "http"/)
  await refused(['--max-memory', 'lots'], /max_memory must be a size such as 512M/)
  await refused(['-c', 'typo.mjs'], /there is no setting named 'wokers'/)
  await refused(['-c', 'throws.mjs'], /Failed to read the config file[\s\S]*Error: inside/)
  await refused(['-c', 'none.mjs'], /The config file '.*none\.mjs' does not exist/)
  await refused(['--protocol', 'uwsgi', '-k', 'http'], /protocol "uwsgi" needs the worker class "native"/)
})

test('flags have the spellings of Gunicorn', () => {
  const { values, app } = parseCommandLine([
    ...[
      '-b',
      'a:1',
      '--bind=b:2',
      '-e',
      'X=1',
      '-e',
      'Y=2',
      '-m',
      '022',
      '--no-sendfile',
      '--proxy-protocol',
      'v1',
    ],
    ...[
      '--limit-request-field_size',
      '100',
      '--log-file=-',
      '--pid',
      'x.pid',
      '-D',
      '--forwarded-allow-ips',
      '*',
      'app',
    ],
  ])
  assert.equal(app, 'app')
  assert.deepEqual(Object.fromEntries(values), {
    bind: ['a:1', 'b:2'],
    raw_env: ['X=1', 'Y=2'],
    umask: '022',
    sendfile: false,
    proxy_protocol: 'v1',
    limit_request_field_size: '100',
    errorlog: '-',
    pidfile: 'x.pid',
    daemon: true,
    forwarded_allow_ips: '*',
  })
})

test('GUNICORN_CMD_ARGS is split as a shell does', () => {
  assert.deepEqual(splitArgs(`--a=1  "b c" 'd "e' f\\ g "" x"y"z`), [
    '--a=1',
    'b c',
    'd "e',
    'f g',
    '',
    'xyz',
  ])
  assert.throws(() => splitArgs(`--a 'b`), { name: 'SettingError' })
})

test('docs/gunicorn-settings.md is what the settings print (set UPDATE_DOCS=1 to write it)', () => {
  const page = new URL('../../../../docs/gunicorn-settings.md', import.meta.url)
  if (process.env.UPDATE_DOCS === '1') writeFileSync(page, settingsPage())
  assert.equal(readFileSync(page, 'utf8'), settingsPage())
})
