import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Flask } from 'flask-ts'
import { getDb, initDb } from '../flaskr/db.ts'
import { createApp } from '../flaskr/index.ts'

/** An application with a fresh database that holds `data.sql`. */
export async function makeApp(): Promise<Flask> {
  const folder = mkdtempSync(join(tmpdir(), 'flaskr-'))
  const app = createApp({ TESTING: true, SECRET_KEY: 'test', DATABASE: join(folder, 'test.sqlite') })
  await app.withAppContext(() => {
    initDb()
    getDb().exec(readFileSync(join(import.meta.dirname, 'data.sql'), 'utf8'))
  })
  return app
}

/** A client that is logged in. */
export async function loggedIn(app: Flask, name = 'test') {
  const client = app.testClient()
  await client.post('/auth/login', { data: { username: name, password: name } })
  return client
}
