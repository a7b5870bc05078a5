/** A preflight and a simple request across origins. */
import type { Bench } from '../harness/bench.ts'
import { httpBench } from '../harness/http-bench.ts'
import { node } from '../harness/targets.ts'

const targets = [
  node('flask-ts', 'cors-flask-ts.ts'),
  node('Fastify 5 @fastify/cors', 'cors-fastify.mjs'),
  node('Hono 4 hono/cors', 'cors-hono.mjs'),
  node('Express 5 cors', 'cors-express.mjs'),
]
const origin = { Origin: 'https://app.example.com' }
const preflight = {
  ...origin,
  'Access-Control-Request-Method': 'PUT',
  'Access-Control-Request-Headers': 'content-type,x-token',
}

export const benches: readonly Bench[] = [
  httpBench('cors-simple', { path: '/api/data', headers: origin }, targets),
  httpBench('cors-preflight', { method: 'OPTIONS', path: '/api/data', headers: preflight }, targets),
]
