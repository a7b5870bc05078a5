import { upgrade } from '@flask-ts/flask-migrate'
import type { Flask } from 'flask-ts'
import { db } from './database.ts'
import { seed } from './seed/seed.ts'

/** Makes a shop to try out: the database as the models are, filled if it is empty, with example logins. */
export async function prepare(app: Flask): Promise<void> {
  await app.withAppContext(async () => {
    await upgrade()
    await seed({ logins: true })
    // The workers open connections of their own.
    await db.engine.dispose()
  })
}
