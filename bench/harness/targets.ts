import type { Target } from './bench.ts'

const folder = new URL('..', import.meta.url).pathname
const { execPath } = process
const env = { ...(process.env.HOOKS === undefined ? {} : { HOOKS: process.env.HOOKS }) }

/** Python's Gunicorn: npm puts our own, of the same name, before it on the path. */
const pythonGunicorn = ['/usr/bin/python3', '-m', 'gunicorn']

/** A server in `servers/` that Node runs. */
export function node(name: string, file: string): Target {
  return { name, command: () => [execPath, `${folder}servers/${file}`], env }
}

/** A Flask program in `servers/` that Python's Gunicorn serves. */
export function gunicorn(module: string): Target {
  const args = ['-w', '1', '--chdir', `${folder}servers`]
  return {
    name: 'Flask + Gunicorn',
    command: (port) => [...pythonGunicorn, ...args, '-b', `127.0.0.1:${port}`, `${module}:app`],
    env,
  }
}

/** The servers that every bench over HTTP knows, by name. */
export const servers = {
  flaskTs: node('flask-ts', 'flask-ts.ts'),
  rawNet: node('node:net raw', 'raw-net.mjs'),
  nodeHttp: node('node:http raw', 'node-http.mjs'),
  fastify: node('Fastify 5', 'fastify.mjs'),
  hono: node('Hono 4', 'hono.mjs'),
  express: node('Express 5', 'express.mjs'),
  elysia: {
    name: 'Elysia on Bun',
    command: () => [`${folder}node_modules/.bin/bun`, `${folder}servers/elysia.mjs`],
    env,
  },
  flask: gunicorn('flask_app'),
} as const satisfies Record<string, Target>

/** The same servers with more settings in their environment. */
export function withEnv(targets: readonly Target[], more: Readonly<Record<string, string>>): Target[] {
  return targets.map((target) => ({ ...target, env: { ...target.env, ...more } }))
}
