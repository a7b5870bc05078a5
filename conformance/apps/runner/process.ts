import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A twin that serves in a process of its own. */
export interface TwinProcess extends AsyncDisposable {
  readonly port: number
}

/** How long a twin may take to start, in milliseconds. */
const PATIENCE = 20_000

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    let errors = ''
    const timer = setTimeout(
      () => reject(new Error(`the twin did not start within ${PATIENCE} ms`)),
      PATIENCE,
    )
    child.stderr?.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString()).slice(-4000)
      if (process.env.CONFORMANCE_LOG) process.stderr.write(chunk)
    })
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const line = /^PORT (\d+)$/m.exec(output)
      if (line === null) return
      clearTimeout(timer)
      resolve(line[1]!)
    })
    child.on('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`the twin ended with code ${code} before it served:\n${errors}`))
    })
  })
}

/** Settings of whoever runs the checks must not reach the twin. */
function withoutFlask(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('FLASK_')))
}

/** The program that serves, with its arguments. */
function commandOf(server: string): string[] {
  const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
  const tool = (name: string): string => script(`../../runtimes/node_modules/.bin/${name}`)
  if (server === 'bun') return [tool('bun'), script('./serve-elsewhere.ts')]
  if (server === 'deno') return [tool('deno'), 'run', '-A', '--quiet', script('./serve-elsewhere.ts')]
  return [process.execPath, ...process.execArgv, script('./serve.ts')]
}

/**
 * Starts a twin on a free port of the loopback interface.
 *
 * @param program - The twin's module.
 * @param folder - The folder of the Python program, whose files the twin uses.
 * @param server - `engine`, `node-http`, `fetch`, `bun` or `deno`.
 * @throws If it ends before it serves; the message has what it wrote.
 */
export async function startTwin(program: string, folder: string, server: string): Promise<TwinProcess> {
  const [command, ...args] = commandOf(server)
  const child = spawn(command!, [...args, program, server], {
    env: { ...withoutFlask(process.env), APP_ROOT: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  try {
    const port = Number(await firstLine(child))
    return {
      port,
      async [Symbol.asyncDispose]() {
        if (child.exitCode !== null) return
        child.kill()
        await once(child, 'exit')
      },
    }
  } catch (error) {
    child.kill()
    throw error
  }
}
