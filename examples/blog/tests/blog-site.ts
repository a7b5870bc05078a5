import type { Flask } from 'flask-ts'
import { db, Post, User } from '../flaskr/db.ts'
import { createApp } from '../flaskr/index.ts'

// Made by Python's Werkzeug, from the passwords `test` and `other`.
const TEST = 'pbkdf2:sha256:50000$TCI4GzcX$0de171a4f4dac32e3364c7ddc7c14f3e2fa61f2d17574483f7ffbb431b4acb2f'
const OTHER = 'pbkdf2:sha256:50000$kJPKsz6N$d2d4784f1b030a9761f5ccaeeaca413f27f2ecb76d6168407af962ddce849f79'

/** An application with a fresh database. */
export async function makeApp(): Promise<Flask> {
  const app = createApp({
    TESTING: true,
    SECRET_KEY: 'test',
    SQLALCHEMY_DATABASE_URI: 'sqlite:///:memory:',
  })
  await app.withAppContext(async () => {
    await db.createAll()
    db.session.addAll([
      new User({ username: 'test', password: TEST }),
      new User({ username: 'other', password: OTHER }),
    ])
    await db.session.flush()
    const created = new Date(Date.UTC(2018, 0, 1))
    db.session.add(new Post({ title: 'test title', body: 'test body', author_id: 1, created }))
    await db.session.commit()
  })
  return app
}

/** A client that is logged in. */
export async function loggedIn(app: Flask, name = 'test') {
  const client = app.testClient()
  await client.post('/auth/login', { data: { username: name, password: name } })
  return client
}
