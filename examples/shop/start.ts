/**
 * `npm start`: prepares the database, fills it when it is empty, and serves with Gunicorn on port 5000.
 *
 * This is for trying the shop out. A real one runs `gunicorn` itself: see `deploy/`.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { main } from '@flask-ts/gunicorn'
import { createApp } from './shop/index.ts'
import { prepare } from './shop/prepare.ts'
import { EXAMPLE_ACCOUNTS } from './shop/seed/seed.ts'

process.chdir(import.meta.dirname)
const port = process.env.PORT ?? '5000'
const app = createApp({ SECRET_KEY: 'only to prepare' })
// The workers share the key, and it outlives them: nobody is logged out by a restart.
process.env.SHOP_SECRET_KEY ??= storedKey(join(app.instancePath, 'secret-key'))
await prepare(app)

console.log(`\n  The shop is open: http://127.0.0.1:${port}/\n`)
for (const { email, password, role } of EXAMPLE_ACCOUNTS) console.log(`  ${role}: ${email} / ${password}`)
console.log()
const status = await main(['--bind', `127.0.0.1:${port}`, 'shop:createApp()'])
if (status !== undefined) process.exit(status)

function storedKey(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}
