import { Flask, renderTemplate, tuple } from 'flask-ts'
import { accounts } from './accounts.ts'
import { db } from './db.ts'
import { pages } from './pages.ts'

/** Makes the application. Settings come from the environment (`FLASK_…`), and from the argument in tests. */
export function createApp(settings: object = {}): Flask {
  const app = new Flask(import.meta)
  app.config.update({ SESSION_COOKIE_SAMESITE: 'Lax', SQLALCHEMY_DATABASE_URI: 'sqlite:///site.sqlite' })
  app.config.fromPrefixedEnv()
  app.config.fromMapping(settings)
  app.makeInstanceFolder()

  db.initApp(app)
  app.cli.command('init-db', { help: 'Make the tables that are not there.' }, async () => {
    await db.createAll()
    console.log('The tables are there.')
  })

  app.registerBlueprint(pages)
  app.registerBlueprint(accounts)
  app.errorHandler(404, (error) => tuple(renderTemplate('error.html', { error }), 404))

  app.afterRequest((response) => {
    response.headers.set('X-Content-Type-Options', 'nosniff')
    return response
  })
  return app
}
