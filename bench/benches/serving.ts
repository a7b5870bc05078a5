/** Production serving: through gunicorn, pipelined, large answers, idle connections. */
import { connect, type Socket } from 'node:net'
import type { Bench, Row, Target } from '../harness/bench.ts'
import { withRatios } from '../harness/bench.ts'
import { httpBench } from '../harness/http-bench.ts'
import { ServerProcess } from '../harness/processes.ts'
import { node, servers } from '../harness/targets.ts'

const folder = new URL('../servers', import.meta.url).pathname
const bin = new URL('../../node_modules/.bin/gunicorn', import.meta.url).pathname

function ours(workers: number): Target {
  const args = ['-w', String(workers), '--chdir', folder, '--log-level', 'warning']
  return {
    name: `gunicorn -w ${workers} (flask-ts)`,
    command: (port) => [process.execPath, bin, ...args, '-b', `127.0.0.1:${port}`, 'gunicorn-app:app'],
  }
}

const { flaskTs, rawNet, fastify, nodeHttp } = servers
const large = [node('flask-ts', 'large-flask-ts.ts'), node('node:http', 'large-node-http.mjs')]

/** Kilobytes of memory that each of many idle keep-alive connections takes. */
function idleBench(connections: number): Bench {
  return {
    name: 'idle-connections',
    async run(): Promise<Row[]> {
      const rows: Omit<Row, 'ratios'>[] = []
      for (const target of [flaskTs, nodeHttp]) {
        const server = await ServerProcess.start(target.command, target.env ?? {})
        try {
          const before = server.usage().rssKb
          const sockets = await openIdle(server.port, connections)
          const rssKb = (server.usage().rssKb - before) / connections
          for (const socket of sockets) socket.destroy()
          rows.push({
            bench: 'idle-connections',
            target: `${target.name}, kB each`,
            rps: 1 / rssKb,
            p99Ms: 0,
            cpuUs: 0,
            rssKb,
          })
        } finally {
          await server.stop()
        }
      }
      return withRatios(rows)
    },
  }
}

/** Connections that have had one answer each, and then say nothing. */
async function openIdle(port: number, count: number): Promise<Socket[]> {
  const sockets: Socket[] = []
  while (sockets.length < count) {
    const batch = Array.from({ length: Math.min(200, count - sockets.length) }, () => openOne(port))
    sockets.push(...(await Promise.all(batch)))
  }
  return sockets
}

function openOne(port: number): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'))
  socket.once('data', () => resolve(socket))
  socket.once('error', reject)
  return promise
}

export const benches: readonly Bench[] = [
  httpBench('gunicorn', { path: '/' }, [ours(1), flaskTs, rawNet, fastify]),
  httpBench('gunicorn-workers', { path: '/compute', connections: 32 }, [ours(2), ours(1)], '0,1'),
  httpBench('pipelined', { path: '/', pipeline: 16 }, [flaskTs, fastify, nodeHttp]),
  httpBench('large-file', { path: '/file', connections: 4 }, large),
  httpBench('large-stream', { path: '/stream', connections: 4 }, large),
  idleBench(10_000),
]
