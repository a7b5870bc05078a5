import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createEngine } from '@flask-ts/sqlalchemy'

/** A database of its own for one test, and a folder for its migrations. */
export interface Workplace {
  readonly url: string
  readonly folder: string
}

interface Server {
  readonly url: string
  /** Where databases are created and dropped. */
  readonly administration: string
}

const servers: Record<string, Server> = {
  postgresql: {
    url: process.env.POSTGRESQL_URL ?? 'postgresql://postgres@127.0.0.1:5432',
    administration: '/postgres',
  },
  mysql: { url: process.env.MYSQL_URL ?? 'mysql://root@127.0.0.1:3306', administration: '/mysql' },
}

/** The databases that tests run on. */
export const databases = ['sqlite', 'postgresql', 'mysql'] as const

// Within the checkout, so that migrations find the packages that they import.
const scratch = fileURLToPath(new URL('../../../../tmp/', import.meta.url))

async function administer(server: Server, sql: string): Promise<void> {
  const engine = createEngine(server.url + server.administration, { isolationLevel: 'AUTOCOMMIT' })
  try {
    await using connection = await engine.connect()
    await connection.execDriverSql(sql)
  } finally {
    await engine.dispose()
  }
}

/** Makes a database, which ends with the test; `null` where the server is missing, which CI does not allow. */
export async function makeWorkplace(context: TestContext, kind: string): Promise<Workplace | null> {
  mkdirSync(scratch, { recursive: true })
  const folder = mkdtempSync(join(scratch, 'migrate-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  const server = servers[kind]
  if (!server) return { url: `sqlite:///${join(folder, 'app.db')}`, folder: join(folder, 'migrations') }
  const name = `migrate_${process.pid}_${Math.random().toString(36).slice(2, 10)}`
  try {
    await administer(server, `CREATE DATABASE ${name}`)
    // Nothing here has to outlive a power cut.
    if (kind === 'postgresql') await administer(server, `ALTER DATABASE ${name} SET synchronous_commit = off`)
  } catch (error) {
    if (process.env.CI === 'true') throw error
    context.skip(`no ${kind} server at ${server.url}`)
    return null
  }
  context.after(() =>
    administer(server, `DROP DATABASE ${name}${kind === 'postgresql' ? ' WITH (FORCE)' : ''}`),
  )
  return { url: `${server.url}/${name}`, folder: join(folder, 'migrations') }
}
