import { Flask } from 'flask-ts'
import * as auth from './auth.ts'
import * as blog from './blog.ts'
import * as db from './db.ts'

export function createApp(testConfig: object | null = null): Flask {
  const app = new Flask(import.meta, { instanceRelativeConfig: true })
  app.config.fromMapping({
    SECRET_KEY: 'dev',
    SQLALCHEMY_DATABASE_URI: 'sqlite:///flaskr.sqlite', // in the instance folder
  })
  if (testConfig === null) app.config.fromModule('config.ts', { silent: true })
  else app.config.fromMapping(testConfig)
  app.makeInstanceFolder()
  db.initApp(app)
  app.registerBlueprint(auth.bp)
  app.registerBlueprint(blog.bp)
  app.addUrlRule('/', { endpoint: 'index', buildOnly: true })

  app.get('/hello', function hello() {
    return 'Hello, World!'
  })

  return app
}
