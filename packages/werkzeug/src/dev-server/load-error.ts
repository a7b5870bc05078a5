import { inspect } from 'node:util'
import type { Application } from '@flask-ts/wsgi'
import { explainListenError } from './listen-problem.ts'
import { reloaderLink } from './reloader-link.ts'
import { serveOn } from './serve-on.ts'

/** The program has ended by an error that nobody caught; it is shown until the next change. */
export class CrashedProgramError extends Error {
  override readonly name = 'CrashedProgramError'

  constructor(text: string) {
    super('The program has ended. Save a file to start it again.')
    this.stack = text
  }
}

/** An error as Node prints it. */
export function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? String(error)) : inspect(error)
}

/**
 * Serves a page about an error in place of a program that cannot be loaded.
 *
 * @param withDebugger - Whether the page is the debugger's; else it only points to the terminal.
 */
export async function showLoadError(error: unknown, withDebugger: boolean): Promise<void> {
  const link = reloaderLink()!
  const failing: Application = () => {
    throw error
  }
  const plain: Application = () => ({
    status: 500,
    headers: [['Content-Type', 'text/plain; charset=utf-8']],
    body: 'The program could not be loaded. The terminal shows why; save a file to try again.\n',
  })
  let application = plain
  if (withDebugger) {
    const { debuggedApplication } = await import('../debugger/debugged-application.ts')
    application = debuggedApplication(failing, { pin: link.go.pin, pinKey: link.go.pinKey, log: false })
  }
  const { host, port, fd, tls } = link.go
  try {
    const address = await serveOn({ host, port, fd, tls }, application)
    link.ready(address.port, true)
  } catch (problem) {
    process.stderr.write(`${explainListenError(problem, host, port).message}\n`)
    process.exit(1)
  }
}
