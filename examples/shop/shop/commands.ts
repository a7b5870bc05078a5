import { randomBytes } from 'node:crypto'
import type { Flask } from 'flask-ts'
import { db } from './database.ts'
import { Account } from './models.ts'
import { seed } from './seed/seed.ts'

/** Adds the shop's commands to `flask`. */
export function registerCommands(app: Flask): void {
  app.cli.command(
    'seed',
    { help: 'Fill an empty shop with example products.' },
    async function seedCommand() {
      console.log(
        (await seed()) ? 'The shop is filled.' : 'The shop has products already: nothing was changed.',
      )
    },
  )

  app.cli.command(
    'create-admin <email>',
    { help: 'Make an account that may do everything, and print its password.' },
    async function createAdmin(email: string) {
      const password = randomBytes(12).toString('base64url')
      const account = new Account({ email, fullName: 'Admin', passwordHash: '', role: 'admin' })
      await account.setPassword(password)
      db.session.add(account)
      await db.session.commit()
      console.log(`${email} ${password}`)
    },
  )
}
