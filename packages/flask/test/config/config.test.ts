import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, test } from 'node:test'
import { Config, ConfigError, Flask } from 'flask-ts'

const folder = mkdtempSync(join(tmpdir(), 'flask-config-'))

afterEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('CFG_')) delete process.env[name]
})

test('only upper-case names come from mappings and objects, inherited ones too', () => {
  // biome-ignore lint/complexity/noStaticOnlyClass: configuration classes are of this form
  class Base {
    static LIMIT = 10
    static LABEL = 'base'
  }
  class Production extends Base {
    static override LIMIT = 100
    static lower = 'ignored'
  }
  const config = new Config(folder)
  config.fromObject(Production)
  config.fromMapping({ NAME: 'x', other: 1 }, { NAME: 'y' })
  assert.deepEqual({ ...config }, { LIMIT: 100, LABEL: 'base', NAME: 'y' })
})

test('variables of the environment are parsed as JSON and enter nested mappings', () => {
  Object.assign(process.env, {
    CFG_PORT: '80',
    CFG_ZIP: '007',
    CFG_DB__HOST: 'h',
    CFG_DB__OPTIONS__SSL: 'true',
    CFG_EMPTY: '',
  })
  const config = new Config(folder, { DB: { port: 1 } })
  config.fromPrefixedEnv('CFG')
  assert.equal(config.PORT, 80)
  assert.equal(config.ZIP, '007')
  assert.equal(config.EMPTY, '')
  assert.deepEqual(config.DB, { port: 1, HOST: 'h', OPTIONS: { SSL: true } })
})

test('a nested variable below a plain value is an error that names both', () => {
  Object.assign(process.env, { CFG_A: '1', CFG_A__B: '2' })
  assert.throws(() => new Config(folder).fromPrefixedEnv('CFG'), {
    name: 'ConfigError',
    message: /'A__B'.*'A' is not a mapping/,
  })
})

test('files are read relative to the root path, and may be missing if told so', () => {
  writeFileSync(join(folder, 'settings.json'), '{"KEY": [1], "other": 2}')
  const config = new Config(folder)
  assert.equal(config.fromFile('settings.json', { load: JSON.parse }), true)
  assert.deepEqual(config.KEY, [1])
  assert.equal(config.fromFile('none.json', { load: JSON.parse, silent: true }), false)
  assert.throws(() => config.fromFile('none.json', { load: JSON.parse }), ConfigError)
})

test('modules give their upper-case exports, also named by a variable', () => {
  writeFileSync(join(folder, 'settings.mjs'), 'export const SIZE = 5\nexport const lower = 1\n')
  const config = new Config(folder)
  assert.throws(() => config.fromEnvvar('CFG_SETTINGS'), /'CFG_SETTINGS' is not set/)
  process.env.CFG_SETTINGS = 'settings.mjs'
  assert.equal(config.fromEnvvar('CFG_SETTINGS'), true)
  assert.deepEqual({ ...config }, { SIZE: 5 })
})

test('a namespace is cut out of the names', () => {
  const config = new Config(folder, { IMAGE_TYPE: 'png', IMAGE_SIZE: 5, OTHER: 1 })
  assert.deepEqual(config.getNamespace('IMAGE_'), { type: 'png', size: 5 })
  assert.deepEqual(config.getNamespace('IMAGE_', { lowercase: false, trimNamespace: false }), {
    IMAGE_TYPE: 'png',
    IMAGE_SIZE: 5,
  })
})

test('an application begins with the defaults, and its shortcuts set the configuration', () => {
  const app = new Flask('app')
  app.secretKey = 'k'
  app.testing = true
  app.permanentSessionLifetime = 60
  assert.equal(app.config.SECRET_KEY, 'k')
  assert.equal(app.config.TESTING, true)
  assert.equal(app.config.PERMANENT_SESSION_LIFETIME, 60)
  assert.equal(app.config.MAX_CONTENT_LENGTH, 16 * 1024 * 1024)
  assert.equal(app.config.get('NOTHING'), null)
  assert.equal(app.config.get('NOTHING', 3), 3)
})
