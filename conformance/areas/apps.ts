/** Runs transcripts of `apps/NN-name`: see the `README.md` beside them for the format. */
import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { compareAnswer } from '../apps/runner/compare-answer.ts'
import { CookieJar } from '../apps/runner/cookie-jar.ts'
import { startTwin } from '../apps/runner/process.ts'
import { type Answer, type Field, type TranscriptLine, valuesOf } from '../apps/runner/transcript.ts'
import { exchange } from '../apps/runner/wire.ts'
import type { AreaSession, CorpusLine, Verdict } from '../case.ts'

/** What runs after a streamed answer has this long, in milliseconds. */
const AFTER_STREAM = 50

function fillIn(value: string, answers: ReadonlyMap<string, Answer>): string {
  return value.replace(/\$\{([^.}]+)\.([^}]+)\}/g, (whole, id: string, name: string) => {
    const answer = answers.get(id)
    return (answer === undefined ? undefined : valuesOf(answer.headers, name)[0]) ?? whole
  })
}

/** One run through a transcript: a browser with its cookies, and the answers so far. */
class Conversation {
  readonly #port: number
  readonly #viaFetch: boolean
  readonly #jar = new CookieJar()
  readonly #answers = new Map<string, Answer>()

  constructor(port: number, viaFetch: boolean) {
    this.#port = port
    this.#viaFetch = viaFetch
  }

  async run(line: TranscriptLine): Promise<Verdict> {
    const { method, target, body_base64 } = line.request
    const headers = line.request.headers.map(([name, value]): Field => [name, fillIn(value, this.#answers)])
    const host = (valuesOf(headers, 'Host')[0] ?? '').replace(/:\d+$/, '').toLowerCase()
    const path = target.split('?')[0]!
    const cookies = line.keep_cookies ? this.#jar.fieldFor(host, path) : undefined
    if (cookies !== undefined) headers.push(['Cookie', cookies])
    const head = `${method} ${target} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
    const bytes = Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body_base64 ?? '', 'base64')])
    const answer = await exchange(this.#port, bytes, method)
    this.#answers.set(line.id, answer)
    if (line.keep_cookies) {
      for (const cookie of valuesOf(answer.headers, 'Set-Cookie')) this.#jar.store(cookie, host, path)
    }
    if (valuesOf(answer.headers, 'Content-Length').length === 0) await wait(AFTER_STREAM)
    return compareAnswer(line, answer, this.#viaFetch)
  }
}

/**
 * Starts the twin of an application.
 *
 * The environment variable `CONFORMANCE_SERVER` chooses what serves it: `engine` (the default), `node-http`, `fetch`, `bun` or
 * `deno`; the last three go through `app.fetch`.
 *
 * @param folder - The folder with the Python program and its transcript.
 * @throws If there is no twin, or it does not start.
 */
export async function openTwin(folder: string): Promise<AreaSession> {
  const name = basename(folder)
  const program = fileURLToPath(new URL(`../apps/${name}/app.ts`, import.meta.url))
  if (!existsSync(program)) {
    throw new Error(
      `conformance: the application '${name}' has no twin: write conformance/apps/${name}/app.ts`,
    )
  }
  const server = process.env.CONFORMANCE_SERVER ?? 'engine'
  const twin = await startTwin(program, folder, server)
  const conversation = new Conversation(twin.port, ['fetch', 'bun', 'deno'].includes(server))
  return {
    run: (line: CorpusLine) => conversation.run(line as TranscriptLine),
    [Symbol.asyncDispose]: () => twin[Symbol.asyncDispose](),
  }
}
