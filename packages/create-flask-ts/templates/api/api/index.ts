import { CORS } from '@flask-ts/flask-cors'
import { HTTPException } from '@flask-ts/werkzeug/exceptions'
import { Flask, tuple } from 'flask-ts'
import { notes } from './notes.ts'

export function createApp(settings: object = {}): Flask {
  const app = new Flask(import.meta)
  app.config.fromPrefixedEnv()
  app.config.fromMapping(settings)
  new CORS(app)
  app.registerBlueprint(notes)

  app.get('/health', () => ({ status: 'ok' }))

  // Errors are JSON too, unknown URLs included.
  app.errorHandler(HTTPException, (error) =>
    tuple({ error: error.name, description: error.description }, error.code),
  )
  return app
}
