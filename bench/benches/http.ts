/** One worker, 64 connections: the routes that every framework has. */
import type { Bench } from '../harness/bench.ts'
import { httpBench } from '../harness/http-bench.ts'
import { servers, withEnv } from '../harness/targets.ts'

const { flaskTs, rawNet, nodeHttp, fastify, hono, express, elysia, flask } = servers
const frameworks = [flaskTs, fastify, hono, express, elysia, flask]
const all = [flaskTs, rawNet, nodeHttp, fastify, hono, express, elysia, flask]

/** One kilobyte of JSON. */
const body = JSON.stringify({
  id: 4711,
  tags: ['alpha', 'beta', 'gamma'],
  text: 'x'.repeat(700),
  nested: { list: Array.from({ length: 40 }, (_, i) => i), flag: true, nothing: null },
})

export const benches: readonly Bench[] = [
  httpBench('text', { path: '/' }, all),
  httpBench('json', { path: '/json' }, all),
  httpBench('params', { path: '/user/1234' }, all),
  httpBench(
    'echo',
    { method: 'POST', path: '/echo', body, headers: { 'Content-Type': 'application/json' } },
    [flaskTs, nodeHttp, ...frameworks.slice(1)],
  ),
  httpBench('hooks', { path: '/' }, withEnv(frameworks, { HOOKS: '5' })),
]
