import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PATIENCE_MS = 30_000

/** A port of 127.0.0.1 that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** The shop as `npm start` starts it, with an instance folder of its own. */
export class StartedShop {
  readonly url: string
  readonly #child: ChildProcess
  readonly #folder: string
  #output = ''

  private constructor(child: ChildProcess, port: number, folder: string) {
    this.url = `http://127.0.0.1:${port}`
    this.#child = child
    this.#folder = folder
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (this.#output += data))
  }

  /** @param env - Settings of its own. */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<StartedShop> {
    const port = await freePort()
    const folder = mkdtempSync(join(tmpdir(), 'shop-'))
    const child = spawn(process.execPath, [join(import.meta.dirname, '../start.ts')], {
      env: { ...process.env, PORT: String(port), SHOP_INSTANCE_PATH: folder, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const shop = new StartedShop(child, port, folder)
    await shop.#ready()
    return shop
  }

  async #ready(): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS
    while (!(await this.#answers())) {
      if (this.#child.exitCode === null && performance.now() < deadline) continue
      await this.stop()
      throw new Error(`The shop does not answer:\n${this.#output}`)
    }
  }

  async #answers(): Promise<boolean> {
    await new Promise((resolve) => setTimeout(resolve, 100))
    return await fetch(`${this.url}/health/ready`).then(
      (response) => response.ok,
      () => false,
    )
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null) {
      this.#child.kill('SIGTERM')
      await once(this.#child, 'exit')
    }
    rmSync(this.#folder, { recursive: true })
  }
}
