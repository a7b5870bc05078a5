import type { Environ, WsgiResponse } from '@flask-ts/wsgi'
import { INTERNAL_PATH } from '../urls/internal-path.ts'
import { answer, jsonAnswer } from './answers.ts'
import { complete } from './completion.ts'
import type { FrameConsole } from './frame-console.ts'
import type { Guard } from './guard.ts'

const MAX_BODY = 100_000

/** What commands work on. */
export interface CommandHost {
  readonly guard: Guard
  /** The console of a frame, and the names that can be seen there; `undefined` if the report is gone. */
  find(report: string, frame: number): { console: FrameConsole; names: readonly string[] } | undefined
}

interface CommandBody {
  readonly report: string
  readonly frame: number
  readonly source: string
  readonly pin: string
}

async function readBody(environ: Environ): Promise<CommandBody | undefined> {
  const bytes = await environ.body.read(MAX_BODY)
  if (bytes === undefined) return undefined
  try {
    const given = JSON.parse(Buffer.from(bytes).toString('utf8')) as Partial<
      Record<keyof CommandBody, unknown>
    >
    const text = (value: unknown): string => (typeof value === 'string' ? value : '')
    return {
      report: text(given.report),
      frame: Number(given.frame ?? -1),
      source: text(given.source),
      pin: text(given.pin),
    }
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function printPin(pin: string | null): void {
  if (pin === null) return
  process.stderr.write(
    ` * To enable the debugger you need to enter the security pin:\n * Debugger pin code: ${pin}\n`,
  )
}

async function tryPin(guard: Guard, environ: Environ, entered: string): Promise<WsgiResponse> {
  const result = await guard.tryPin(entered)
  return jsonAnswer(200, result, result.auth ? [['Set-Cookie', guard.cookie(environ.scheme)]] : [])
}

const GONE = {
  ok: false,
  output: [],
  value: [
    [
      'error',
      'This traceback is gone: only the last ten are kept, and none over a restart. Load the page again.',
    ],
  ],
  items: [],
  from: 0,
}

/**
 * Does what the script of a page asks for.
 *
 * Only pages of this process know the secret, only people who see the terminal know the PIN, and only requests to a
 * trusted host count: the name of another site may have been made to lead here.
 */
export async function runCommand(host: CommandHost, environ: Environ): Promise<WsgiResponse> {
  const { guard } = host
  if (!guard.isTrustedHost(environ) || !guard.isOwnOrigin(environ)) {
    return answer(400, 'text/plain', 'This host is not trusted by the debugger.\n')
  }
  if (environ.method !== 'POST' || !guard.knowsSecret(environ))
    return answer(404, 'text/plain', 'Not found.\n')
  const body = await readBody(environ)
  if (body === undefined) return answer(400, 'text/plain', 'The command cannot be read.\n')
  const command = environ.target.slice(INTERNAL_PATH.length)
  if (command === 'pin') return tryPin(guard, environ, body.pin)
  if (command === 'print-pin') {
    printPin(guard.pin)
    return jsonAnswer(200, {})
  }
  if (!guard.isAuthenticated(environ)) return jsonAnswer(401, { exhausted: guard.isExhausted })
  const found = host.find(body.report, body.frame)
  if (found === undefined) return jsonAnswer(200, GONE)
  if (command === 'eval') return jsonAnswer(200, await found.console.run(body.source))
  if (command === 'complete') return jsonAnswer(200, complete(body.source, found.console, found.names))
  return answer(404, 'text/plain', 'Not found.\n')
}
