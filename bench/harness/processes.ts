import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'

/** Clock ticks per second of `/proc/PID/stat`; Linux has had 100 on every platform that Node runs on. */
const TICKS = 100

/** What a process tree has used. */
export interface Usage {
  /** User and system time in microseconds. */
  readonly cpuUs: number
  /** Resident memory in kilobytes. */
  readonly rssKb: number
}

/** A port of 127.0.0.1 that was free a moment ago. */
export function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const server = createServer()
  server.on('error', reject)
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as { port: number }
    server.close(() => resolve(port))
  })
  return promise
}

function connects(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect(port, '127.0.0.1')
  socket.on('connect', () => resolve(true))
  socket.on('error', () => resolve(false))
  return promise.finally(() => socket.destroy())
}

/** A server under measurement, pinned to the first core. */
export class ServerProcess {
  readonly #child: ChildProcess
  readonly port: number
  #output = ''

  private constructor(child: ChildProcess, port: number) {
    this.#child = child
    this.port = port
    child.stdout?.on('data', (data) => this.#keep(data))
    child.stderr?.on('data', (data) => this.#keep(data))
  }

  /**
   * Starts a command and waits until its port answers.
   *
   * @param cores - The list of cores as `taskset` takes it.
   * @throws If the command ends or the port does not answer within 20 seconds.
   */
  static async start(
    command: (port: number) => readonly string[],
    env: Readonly<Record<string, string>>,
    cores = '0',
  ): Promise<ServerProcess> {
    const port = await freePort()
    const child = spawn('taskset', ['-c', cores, ...command(port)], {
      env: { ...process.env, NODE_ENV: 'production', PORT: String(port), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const server = new ServerProcess(child, port)
    await server.#listening()
    return server
  }

  async #listening(): Promise<void> {
    const deadline = performance.now() + 20_000
    while (!(await connects(this.port))) {
      if (this.#child.exitCode !== null || performance.now() > deadline) {
        this.#child.kill()
        throw new Error(
          `bench: ${this.#child.spawnargs.slice(3).join(' ')} does not listen:\n${this.#output}`,
        )
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  #keep(data: Buffer): void {
    this.#output = (this.#output + data).slice(-4000)
  }

  /** What the process and its descendants have used so far. */
  usage(): Usage {
    const pids = descendants(this.#child.pid!)
    return pids.map(usageOf).reduce((a, b) => ({ cpuUs: a.cpuUs + b.cpuUs, rssKb: a.rssKb + b.rssKb }))
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#child.on('exit', () => resolve())
    this.#child.kill('SIGTERM')
    const patience = setTimeout(() => this.#child.kill('SIGKILL'), 3000)
    await promise
    clearTimeout(patience)
  }
}

function descendants(root: number): number[] {
  const parents = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const parent = statFields(Number(name))?.[1]
    if (parent === undefined) continue
    const siblings = parents.get(Number(parent)) ?? []
    siblings.push(Number(name))
    parents.set(Number(parent), siblings)
  }
  const found = [root]
  for (const pid of found) found.push(...(parents.get(pid) ?? []))
  return found
}

/** The fields of `/proc/PID/stat` after the name: state, parent, ... */
function statFields(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    // The process has ended between the listing and the reading.
    return undefined
  }
}

function usageOf(pid: number): Usage {
  const fields = statFields(pid)
  if (fields === undefined) return { cpuUs: 0, rssKb: 0 }
  const ticks = Number(fields[11]) + Number(fields[12])
  return { cpuUs: (ticks / TICKS) * 1e6, rssKb: Number(fields[21]) * 4 }
}
