/** The shop: an application factory, as `flask --app shop` and `gunicorn 'shop:createApp()'` look for. */
import { mkdirSync } from 'node:fs'
import { CORS } from '@flask-ts/flask-cors'
import { proxyFix } from '@flask-ts/werkzeug/middleware'
import { Flask, type FlaskOptions, RedisSessionInterface } from 'flask-ts'
import { createClient } from 'redis'
import { accounts } from './accounts.ts'
import { admin } from './admin/index.ts'
import { api } from './api.ts'
import { cart } from './cart.ts'
import { catalogue } from './catalogue.ts'
import { checkout } from './checkout.ts'
import { registerCommands } from './commands.ts'
import { configure } from './config.ts'
import { db, migrations } from './database.ts'
import { registerErrorPages } from './error-pages.ts'
import { protectForms } from './form-token.ts'
import { operations } from './operations.ts'
import { sendSecurityHeaders } from './security-headers.ts'
import { registerTemplateHelpers } from './template-helpers.ts'

/**
 * Makes the application.
 *
 * @param settings - Configuration over that of the environment, for tests.
 * @param options - Such as `instancePath`: the folder of the database and the uploads.
 */
export function createApp(settings: object = {}, options: FlaskOptions = {}): Flask {
  // The instance folder holds what belongs to this installation: the database, if it is SQLite, and the uploads.
  const app = new Flask(import.meta, { instancePath: process.env.SHOP_INSTANCE_PATH, ...options })
  configure(app, settings)
  app.makeInstanceFolder()
  mkdirSync(app.config.UPLOAD_FOLDER, { recursive: true })

  db.initApp(app)
  migrations.initApp(app)
  new CORS(app, {
    resources: { '/api/*': { origins: app.config.API_ORIGINS, exposeHeaders: ['ETag', 'Link'] } },
  })
  if (app.config.REDIS_URL !== null) {
    const client = createClient({ url: app.config.REDIS_URL })
    client.on('error', (error) => app.logger.error(`Redis: ${error.message}`))
    app.extensions.redis = client
    app.sessionInterface = new RedisSessionInterface({ client })
  }
  if (app.config.PROXIES > 0) {
    const { PROXIES: xFor } = app.config
    app.wsgiApp = proxyFix(app.wsgiApp, { xFor, xProto: xFor, xHost: xFor })
  }

  protectForms(app)
  sendSecurityHeaders(app)
  registerTemplateHelpers(app)
  registerErrorPages(app)
  registerCommands(app)
  for (const blueprint of [catalogue, cart, checkout, accounts, admin, api, operations]) {
    app.registerBlueprint(blueprint)
  }
  return app
}
