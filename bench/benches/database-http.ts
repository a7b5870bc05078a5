/** Routes with one query, with twenty, and a page of fortunes, on PostgreSQL: one worker, ten connections. */
import pg from 'pg'
import type { Bench, Target } from '../harness/bench.ts'
import { httpBench } from '../harness/http-bench.ts'
import { node } from '../harness/targets.ts'

const folder = new URL('..', import.meta.url).pathname
const database = 'flask_ts_bench'
const server = 'postgresql://postgres@127.0.0.1:5432'
const url = `${server}/${database}`

const fortunes = [
  'A bad random number generator: 1, 1, 1, 1, 1, 4.33e+67, 1, 1, 1',
  'A computer program does what you tell it to do, not what you want it to do.',
  'A computer scientist is someone who fixes things that are not broken.',
  'After enough decimal places, nobody cares about the last one.',
  'Any program that runs right is obsolete.',
  'Computers make very fast, very accurate mistakes.',
  'Emacs is a nice operating system, but vi is what people type into.',
  'Feature: a bug with seniority.',
  'For every fix there is an equal and opposite break.',
  '<script>alert("This must be escaped.");</script>',
  'If the code and the comment disagree, both are probably wrong.',
  'フレームワークのベンチマーク',
]

async function onServer(target: string, action: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: target })
  await client.connect()
  try {
    await action(client)
  } finally {
    await client.end()
  }
}

async function makeTables(): Promise<void> {
  await onServer(`${server}/postgres`, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
    await client.query(`CREATE DATABASE ${database}`)
  })
  await onServer(url, async (client) => {
    await client.query(`
      CREATE TABLE world (id integer PRIMARY KEY, random_number integer NOT NULL);
      CREATE TABLE fortune (id integer PRIMARY KEY, message text NOT NULL);
      INSERT INTO world SELECT id, (id * 7919) % 10000 + 1 FROM generate_series(1, 10000) AS id;
    `)
    const text = 'INSERT INTO fortune SELECT * FROM unnest($1::integer[], $2::text[])'
    await client.query(text, [fortunes.map((_, index) => index + 1), fortunes])
    await client.query('ANALYZE')
  })
}

async function dropTables(): Promise<void> {
  await onServer(`${server}/postgres`, async (client) => {
    await client.query(`DROP DATABASE ${database} WITH (FORCE)`)
  })
}

const env = { DATABASE_URL: url }
const args = ['-w', '1', '--threads', '10', '--chdir', `${folder}servers`]

const targets: readonly Target[] = [
  { ...node('flask-ts', 'database-flask-ts.ts'), env },
  { ...node('Fastify + pg raw', 'database-fastify-pg.mjs'), env },
  { ...node('Fastify + Drizzle', 'database-fastify-drizzle.mjs'), env },
  {
    name: 'Flask-SQLAlchemy + Gunicorn',
    command: (port) => ['/usr/bin/gunicorn', ...args, '-b', `127.0.0.1:${port}`, 'database_flask:app'],
    env,
  },
]

/** A bench whose database is made before it and dropped after it. */
function withTables(bench: Bench): Bench {
  return {
    name: bench.name,
    async run(options) {
      await makeTables()
      try {
        return await bench.run(options)
      } finally {
        await dropTables()
      }
    },
  }
}

export const benches: readonly Bench[] = [
  httpBench('database-http-one-query', { path: '/db' }, targets),
  httpBench('database-http-20-queries', { path: '/queries' }, targets),
  httpBench('database-http-fortunes', { path: '/fortunes' }, targets),
].map(withTables)
