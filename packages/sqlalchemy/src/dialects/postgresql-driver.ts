import type { Client, QueryArrayConfig } from 'pg'
import { postgresqlTraits } from '../compile/traits.ts'
import { parseTimestamp } from '../types/temporal-format.ts'
import type { DatabaseUrl } from '../url/database-url.ts'
import type { Driver, DriverConnection, IsolationLevel, RawResult } from './driver.ts'
import { explainPostgresql } from './postgresql-errors.ts'
import { requireDriver } from './require-driver.ts'

type TextParser = (text: string) => unknown

const keep: TextParser = (text) => text

function parseInteger(text: string): unknown {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : BigInt(text)
}

function parseStamp(text: string): unknown {
  // Infinity and dates before Christ have no place in a Date; the text says more.
  return /^\d{4,6}-[^B]*$/.test(text) ? parseTimestamp(text) : text
}

/** Parsers by type number: pg's own read timestamps as local time and int8 as text. */
const parsers: Record<number, TextParser> = {
  20: parseInteger,
  114: keep,
  1082: keep,
  1083: keep,
  1114: parseStamp,
  1184: parseStamp,
  1186: keep,
  1266: keep,
  3802: keep,
}

const mostNamed = 200
const longestNamed = 4000
const levels = new Set(['READ UNCOMMITTED', 'READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE'])

interface ArrayAnswer {
  rows: unknown[][]
  fields: { name: string }[]
  rowCount: number | null
}

/** A connection of `pg`, with statements prepared under names and rows as arrays. */
class PostgresqlConnection implements DriverConnection {
  readonly #client: Client
  readonly #names = new Map<string, string>()
  #lost: Error | null = null
  #cursors = 0
  #begun = false
  #busy: Promise<void> | null = null

  constructor(client: Client) {
    this.#client = client
    // Without a listener the loss of an idle connection would end the process.
    client.on('error', (error) => {
      this.#lost = error
    })
  }

  #nameFor(sql: string): string | undefined {
    const known = this.#names.get(sql)
    if (known) return known
    if (sql.length > longestNamed || this.#names.size >= mostNamed) return undefined
    const name = `s${this.#names.size + 1}`
    this.#names.set(sql, name)
    return name
  }

  /** Several callers may ask at once; the client takes one query at a time. */
  async execute(sql: string, params: readonly unknown[]): Promise<RawResult> {
    while (this.#busy) await this.#busy
    const answer = this.#send(sql, params)
    const settled = answer.then(
      () => undefined,
      () => undefined,
    )
    this.#busy = settled
    try {
      return await answer
    } finally {
      if (this.#busy === settled) this.#busy = null
    }
  }

  async #send(sql: string, params: readonly unknown[]): Promise<RawResult> {
    if (this.#lost) throw this.#lost
    const config: QueryArrayConfig = { text: sql, rowMode: 'array' }
    if (params.length) {
      config.values = params as unknown[]
      const name = this.#nameFor(sql)
      if (name) config.name = name
    }
    const answer = (await this.#client.query(config)) as unknown as ArrayAnswer
    const columns = answer.fields.length ? answer.fields.map((field) => field.name) : null
    return { rows: answer.rows, columns, rowCount: answer.rowCount ?? 0, lastRowId: null }
  }

  async executeMany(sql: string, paramSets: readonly (readonly unknown[])[]): Promise<RawResult[]> {
    const results: RawResult[] = []
    for (const params of paramSets) results.push(await this.execute(sql, params))
    return results
  }

  async *stream(sql: string, params: readonly unknown[], size: number): AsyncGenerator<RawResult> {
    const name = `sa_cursor_${++this.#cursors}`
    const own = !this.#begun
    if (own) await this.#client.query('BEGIN')
    await this.execute(`DECLARE ${name} NO SCROLL CURSOR FOR ${sql}`, params)
    let failed = false
    try {
      for (;;) {
        const part = await this.execute(`FETCH FORWARD ${size} FROM ${name}`, [])
        if (part.rows.length) yield part
        if (part.rows.length < size) return
      }
    } catch (error) {
      failed = true
      throw error
    } finally {
      if (!failed) await this.#client.query(`CLOSE ${name}`)
      if (own) await this.#client.query(failed ? 'ROLLBACK' : 'COMMIT')
    }
  }

  async begin(isolation: IsolationLevel | null): Promise<void> {
    if (isolation === 'AUTOCOMMIT') return
    if (this.#lost) throw this.#lost
    await this.#client.query(
      isolation && levels.has(isolation) ? `BEGIN ISOLATION LEVEL ${isolation}` : 'BEGIN',
    )
    this.#begun = true
  }

  async commit(): Promise<void> {
    if (!this.#begun) return
    this.#begun = false
    await this.#client.query('COMMIT')
  }

  async rollback(): Promise<void> {
    if (!this.#begun) return
    this.#begun = false
    await this.#client.query('ROLLBACK')
  }

  async ping(): Promise<void> {
    if (this.#lost) throw this.#lost
    await this.#client.query('SELECT 1')
  }

  async close(): Promise<void> {
    await this.#client.end()
  }
}

/** PostgreSQL by the package `pg`. */
export class PostgresqlDriver implements Driver {
  readonly name = 'pg'
  readonly traits = postgresqlTraits
  readonly isShared = false
  readonly readsOutsideTransaction = true
  readonly #config: Record<string, unknown>

  constructor(url: DatabaseUrl, connectArgs: Readonly<Record<string, unknown>>) {
    requireDriver('pg')
    const query: Record<string, unknown> = { ...url.query }
    if (query.sslmode !== undefined) {
      query.ssl =
        query.sslmode === 'disable' ? false : { rejectUnauthorized: query.sslmode === 'verify-full' }
      delete query.sslmode
    }
    this.#config = {
      host: url.host ?? undefined,
      port: url.port ?? undefined,
      user: url.username ?? undefined,
      password: url.password ?? undefined,
      database: url.database ?? undefined,
      ...query,
      ...connectArgs,
    }
  }

  async connect(): Promise<DriverConnection> {
    const { default: pg } = await import('pg')
    const getTypeParser = (oid: number, format?: 'text' | 'binary') =>
      parsers[oid] ?? (pg.types.getTypeParser(oid, format as 'text') as TextParser)
    const client = new pg.Client({ ...this.#config, types: { getTypeParser } as never })
    await client.connect()
    return new PostgresqlConnection(client)
  }

  explain = explainPostgresql
}
