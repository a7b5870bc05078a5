/** Configuration from everywhere, an application factory, and the instance folder. */
import { relative } from 'node:path'
import { Blueprint, currentApp, Flask, jsonify, session } from 'flask-ts'

Object.assign(process.env, {
  DEMO_PORT: '8080',
  DEMO_DEBUG_LEVEL: 'true',
  DEMO_RATIO: '0.5',
  DEMO_NAME: 'plain text',
  DEMO_LIST: '["a", 1]',
  DEMO_NOTHING: 'null',
  DEMO_QUOTED: '"10"',
  DEMO_DB__HOST: 'db.test',
  DEMO_DB__OPTIONS__TIMEOUT: '5',
  DEMO_lower: 'x',
  FLASK_GREETING: 'from the environment',
  OTHER_THING: 'no',
  DEMO_EMPTY: '',
  DEMO_ZIP: '007',
})
const pages = new Blueprint('pages', import.meta)

// biome-ignore lint/complexity/noStaticOnlyClass: configuration classes are what the original shows
class Base {
  static TESTING = false
  static LIMIT = 10
  static lowercase = 'ignored'
  static _PRIVATE = 'kept? upper only'
}

class Production extends Base {
  static override LIMIT = 100
  static SERVER_LABEL = 'prod'
}

pages.route('/config/<name>', function value({ name }) {
  const { config } = currentApp
  return jsonify({ found: config.has(name), value: config.get(name) })
})

pages.route('/namespace', function namespace() {
  const { config } = currentApp
  return jsonify({
    plain: config.getNamespace('IMAGE_'),
    upper: config.getNamespace('IMAGE_', { lowercase: false }),
    whole: config.getNamespace('IMAGE_', { trimNamespace: false }),
  })
})

pages.route('/defaults', function defaults() {
  const names = [
    'DEBUG',
    'TESTING',
    'SECRET_KEY_FALLBACKS',
    'SESSION_COOKIE_NAME',
    'APPLICATION_ROOT',
    'MAX_COOKIE_SIZE',
    'MAX_FORM_PARTS',
    'MAX_FORM_MEMORY_SIZE',
    'PREFERRED_URL_SCHEME',
    'SERVER_NAME',
    'USE_X_SENDFILE',
    'TRAP_HTTP_EXCEPTIONS',
    'PROPAGATE_EXCEPTIONS',
    'SESSION_REFRESH_EACH_REQUEST',
    'TEMPLATES_AUTO_RELOAD',
    'PROVIDE_AUTOMATIC_OPTIONS',
    'SEND_FILE_MAX_AGE_DEFAULT',
  ]
  return jsonify(
    Object.fromEntries(names.map((name) => [name, currentApp.config[name]])),
    currentApp.config.PERMANENT_SESSION_LIFETIME / 86400,
  )
})

pages.route('/paths', function paths() {
  const root = currentApp.rootPath
  const note = currentApp.openInstanceResource('note.txt', 'r')
  return jsonify({
    instance: relative(root, currentApp.instancePath),
    static: relative(root, currentApp.staticFolder!),
    name: currentApp.name,
    note,
    static_url: currentApp.staticUrlPath,
  })
})

pages.route('/login', function login() {
  session.user = 'u'
  session.permanent = true
  return 'in'
})

export function createApp(overrides?: Record<string, unknown>) {
  const app = new Flask(import.meta, { instanceRelativeConfig: true, rootPath: process.env.APP_ROOT })
  app.config.fromMapping({
    SECRET_KEY: 'factory',
    LIMIT: 1,
    IMAGE_TYPE: 'png',
    IMAGE_MAX_SIZE: 5,
    lower: 'ignored',
  })
  app.config.fromObject(Production)
  const loaded = app.config.fromFile('settings.json', { load: JSON.parse })
  const silent = app.config.fromFile('none.json', { load: JSON.parse, silent: true })
  app.config.LOADED = [loaded, silent]
  app.config.fromPrefixedEnv('DEMO')
  app.config.fromPrefixedEnv()
  app.config.fromMapping(overrides ?? {}, {
    SESSION_COOKIE_PATH: '/login',
    SESSION_COOKIE_SECURE: true,
    SESSION_COOKIE_DOMAIN: 'example.test',
  })
  app.config.PERMANENT_SESSION_LIFETIME = 2 * 24 * 3600
  app.registerBlueprint(pages)
  return app
}

export const app = createApp({ OVERRIDE: { deep: true } })
