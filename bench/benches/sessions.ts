/** A route that reads and writes the session. */
import type { Bench } from '../harness/bench.ts'
import { httpBench } from '../harness/http-bench.ts'
import { gunicorn, node } from '../harness/targets.ts'
import type { Load } from '../harness/wrk.ts'

/** Sends the cookies that the first answer sets, so that every request has a session to read. */
async function withCookies(port: number, load: Load): Promise<Load> {
  const response = await fetch(`http://127.0.0.1:${port}${load.path}`)
  await response.arrayBuffer()
  const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0])
  if (cookies.length === 0) throw new Error('bench: the first answer sets no cookie')
  return { ...load, headers: { ...load.headers, Cookie: cookies.join('; ') } }
}

const targets = [
  node('flask-ts', 'sessions-flask-ts.ts'),
  node('Fastify 5 secure-session', 'sessions-fastify.mjs'),
  node('Express 5 cookie-session', 'sessions-express.mjs'),
  gunicorn('sessions_flask'),
]

export const benches: readonly Bench[] = [
  httpBench(
    'sessions',
    { path: '/' },
    targets.map((target) => ({ ...target, prepare: withCookies })),
  ),
]
