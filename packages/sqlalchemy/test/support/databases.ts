import { connect } from 'node:net'
import { after, describe } from 'node:test'
import { createEngine, type Engine, type EngineOptions } from '../../src/index.ts'

interface Server {
  readonly name: 'sqlite' | 'postgresql' | 'mysql'
  readonly port: number | null
  url(database: string): string
  readonly maintenance: string
}

const servers: readonly Server[] = [
  { name: 'sqlite', port: null, url: () => 'sqlite://', maintenance: '' },
  {
    name: 'postgresql',
    port: 5432,
    url: (database) => `postgresql://postgres@127.0.0.1/${database}`,
    maintenance: 'postgres',
  },
  {
    name: 'mysql',
    port: 3306,
    url: (database) => `mysql://root@127.0.0.1/${database}`,
    maintenance: 'mysql',
  },
]

async function answers(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    const finish = (found: boolean) => {
      socket.destroy()
      resolve(found)
    }
    socket.once('connect', () => finish(true))
    socket.once('error', () => finish(false))
  })
}

async function onServer(server: Server, sql: string): Promise<void> {
  const engine = createEngine(server.url(server.maintenance), { isolationLevel: 'AUTOCOMMIT' })
  await using connection = await engine.connect()
  await connection.execDriverSql(sql)
  await connection.close()
  await engine.dispose()
}

/** A database of this test file alone. */
export interface TestDatabase {
  readonly name: Server['name']
  readonly url: string
  /** Makes an engine, which is disposed of after the tests. */
  engine(options?: EngineOptions): Engine
}

let count = 0

/** Runs the same tests on every database; one without a server is skipped, which CI does not allow. */
export async function onEveryDatabase(
  title: string,
  define: (database: TestDatabase) => void,
): Promise<void> {
  for (const server of servers) {
    const present = server.port === null || (await answers(server.port))
    if (!present && process.env.CI === 'true')
      throw new Error(`CI requires a ${server.name} server on port ${server.port}`)
    const skip = present ? false : `no ${server.name} server on port ${server.port}`
    const database = `flask_ts_${process.pid}_${++count}`
    if (present && server.port !== null) await onServer(server, `CREATE DATABASE ${database}`)
    describe(`${title} on ${server.name}`, { skip }, () => {
      const engines: Engine[] = []
      define({
        name: server.name,
        url: server.url(database),
        engine: (options) => {
          const engine = createEngine(server.url(database), options)
          engines.push(engine)
          return engine
        },
      })
      after(async () => {
        for (const engine of engines) await engine.dispose()
        if (server.port !== null) await onServer(server, `DROP DATABASE ${database}`)
      })
    })
  }
}
