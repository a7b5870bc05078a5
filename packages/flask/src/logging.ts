import { type Logger, pino } from 'pino'

export type { Logger }

/** What the logger reads of its application. */
export interface LoggingHost {
  readonly name: string
  readonly debug: boolean
}

interface LogLine {
  readonly level: number
  readonly time: number
  readonly name: string
  readonly msg?: string
  readonly err?: { readonly stack?: string }
}

const LEVELS: Readonly<Record<number, string>> = {
  10: 'TRACE',
  20: 'DEBUG',
  30: 'INFO',
  40: 'WARNING',
  50: 'ERROR',
  60: 'CRITICAL',
}

/** A log line as Flask writes it: `[2026-11-23 10:20:30,000] ERROR in app: Exception on / [GET]`, then the stack. */
function formatLogLine(json: string): string {
  const line = JSON.parse(json) as LogLine
  const time = new Date(line.time).toISOString().replace('T', ' ').replace('.', ',').replace('Z', '')
  const stack = line.err?.stack === undefined ? '' : `\n${line.err.stack}`
  return `[${time}] ${LEVELS[line.level] ?? line.level} in ${line.name}: ${line.msg ?? ''}${stack}\n`
}

/**
 * Makes the logger of an application: a `pino` logger that writes readable lines to the standard error stream.
 *
 * For JSON lines, or another place, set `app.logger` to a `pino` logger of your own.
 */
export function createLogger(app: LoggingHost): Logger {
  const destination = { write: (json: string) => void process.stderr.write(formatLogLine(json)) }
  return pino({ name: app.name, level: app.debug ? 'debug' : 'warn' }, destination)
}
