import { upgrade } from '@flask-ts/flask-migrate'
import type { Flask } from 'flask-ts'
import { db } from './database.ts'
import { seed } from './seed/seed.ts'

/** Brings the database to where the models are, and fills it if it is empty. */
export async function prepare(app: Flask): Promise<void> {
  await app.withAppContext(async () => {
    await upgrade()
    await seed()
    // The workers open connections of their own.
    await db.engine.dispose()
  })
}
