import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import type { TestContext } from 'node:test'
import { type Site, until } from './running-gunicorn.ts'

const program = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/opt/homebrew/bin/nginx'].find(existsSync)

/** Debian has it in a package of its own, libnginx-mod-stream. */
const streamModule = [
  process.env.NGINX_STREAM_MODULE ?? '',
  '/usr/lib/nginx/modules/ngx_stream_module.so',
].find(existsSync)

/** Skips a test where there is no nginx; in CI that is a failure. @returns Whether the test can go on. */
export function hasNginx(t: TestContext): boolean {
  if (program !== undefined) return true
  if (process.env.CI === 'true')
    throw new Error('nginx is missing, and CI must have it: apt-get install nginx')
  t.skip('nginx is not installed')
  return false
}

/** The same for its module for plain TCP, the only one that speaks the PROXY protocol to servers. */
export function hasNginxStream(t: TestContext): boolean {
  if (!hasNginx(t)) return false
  if (streamModule === undefined)
    t.skip('libnginx-mod-stream is not installed (or name it in NGINX_STREAM_MODULE)')
  return streamModule !== undefined
}

/**
 * A port that is free now, and not one of those (from 32,768 on) that the system gives to outgoing connections: a test
 * under load would lose it to one of its own clients.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + randomInt(12_000)
    const server = createServer().listen(port, '127.0.0.1')
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    )
    if (!isFree) continue
    server.close()
    await once(server, 'close')
    return port
  }
}

/** The real nginx with a configuration of its own, as the present user. */
export class Nginx implements AsyncDisposable {
  readonly #child: ChildProcess
  #errors = ''

  constructor(child: ChildProcess) {
    this.#child = child
    child.stderr!.setEncoding('utf8')
    child.stderr!.on('data', (text: string) => {
      this.#errors += text
    })
  }

  /**
   * @param http - What stands in its block `http`.
   * @param stream - What stands in its block `stream`.
   * @param port - Where it will listen, to wait for that.
   */
  static async start(site: Site, port: number, blocks: { http?: string; stream?: string }): Promise<Nginx> {
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    site.write(
      'nginx.conf',
      `${blocks.stream === undefined ? '' : `load_module ${streamModule};`}
      daemon off; master_process off; pid ${site.path('nginx.pid')}; error_log stderr notice;
      events { worker_connections 64; }
      ${blocks.stream === undefined ? '' : `stream { ${blocks.stream} }`}
      http { access_log off; ${temporary.map((name) => `${name}_temp_path ${site.path(name)};`).join(' ')}
        ${blocks.http ?? ''} }`,
    )
    const child = spawn(program!, ['-p', site.folder, '-c', site.path('nginx.conf')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const nginx = new Nginx(child)
    await until(
      'nginx',
      async () => {
        if (child.exitCode !== null) throw new Error(`nginx ended: ${nginx.#errors}`)
        return await listens(port)
      },
      5000,
    )
    return nginx
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null) return
    this.#child.kill('SIGTERM')
    await once(this.#child, 'exit')
  }
}

async function listens(port: number): Promise<boolean> {
  const { connect } = await import('node:net')
  return await new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}
