import { Connection, Engine, type Exchange, type Transport } from '@flask-ts/wsgi/engine'
import { type Limits, type RequestRefused, resolveLimits } from '@flask-ts/wsgi/server'
import type { CorpusLine, Verdict } from '../case.ts'

/**
 * Runs each case through the engine's own connection: as given, byte by byte, and cut in two at places all over it.
 * `HTTP1_SPLITS=all` cuts at every place.
 */

interface Item {
  readonly error?: { readonly status: number; readonly also?: readonly number[] }
  readonly [field: string]: unknown
}

interface Outcome {
  readonly items: Item[]
  readonly written: string
}

const limitNames: Readonly<Record<string, keyof Limits>> = {
  limit_request_line: 'maxRequestLine',
  limit_request_fields: 'maxFields',
  limit_request_field_size: 'maxFieldSize',
  max_body_size: 'maxBodySize',
}

/** A transport that takes everything at once. */
class Recorder implements Transport {
  readonly writableLength = 0
  readonly writableNeedDrain = false
  destroyed = false
  written = ''

  write(data: string | Uint8Array): boolean {
    this.written += typeof data === 'string' ? data : Buffer.from(data).toString('latin1')
    return true
  }

  cork(): void {}
  uncork(): void {}
  pause(): void {}
  resume(): void {}
  end(): void {
    this.destroyed = true
  }
  destroy(): void {
    this.destroyed = true
  }
}

function describe(exchange: Exchange, body: Uint8Array): Item {
  const { head, proxy } = exchange
  const trailers = [...(exchange.body.trailers ?? [])]
  return {
    method: head.method,
    target: head.wireTarget,
    version: `1.${head.minor}`,
    headers: [...exchange.wireHeaders()],
    body_base64: Buffer.from(body).toString('base64'),
    keep_alive: head.keepAlive,
    ...(trailers.length > 0 ? { trailers } : {}),
    ...(head.expectContinue ? { expect_continue: true } : {}),
    ...(proxy === undefined ? {} : { proxy: describeProxy(proxy) }),
  }
}

function describeProxy(proxy: NonNullable<Exchange['proxy']>): unknown {
  const { protocol, client, server } = proxy
  if (client === undefined || server === undefined) return { protocol }
  return { protocol, client: [client.host, client.port], server: [server.host, server.port] }
}

async function feed(pieces: readonly Buffer[], limits: Limits, proxied: boolean): Promise<Outcome> {
  const items: Item[] = []
  const transport = new Recorder()
  const ok = { status: 200, headers: [], body: '' }
  const engine = new Engine(
    (environ) => {
      const exchange = environ as Exchange
      const take = (body: Uint8Array): typeof ok => {
        items.push(describe(exchange, body))
        return ok
      }
      const { bytes } = environ.body
      return bytes === undefined ? environ.body.read().then((body) => take(body!)) : take(bytes)
    },
    limits,
    { hooks: { refused: (refusal: RequestRefused) => items.push({ error: { status: refusal.status } }) } },
  )
  const connection = new Connection(engine, transport, { scheme: 'http' }, proxied)
  for (const piece of pieces) connection.receive(piece)
  for (let turns = 0; connection.busy && !connection.midMessage && turns < 10; turns++) await settled()
  if (connection.midMessage && items.at(-1)?.error === undefined) items.push({ incomplete: true })
  connection.clientEnded()
  connection.closed()
  if (items.at(-1)?.error !== undefined) await settled()
  return { items, written: transport.written }
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Whether what was made of the input is what was to be made of it. */
function agrees(expected: readonly Item[], outcome: Outcome): boolean {
  const { items, written } = outcome
  if (items.length !== expected.length) return false
  return expected.every((item, i) => {
    const actual = items[i]!
    if (item.error === undefined) return equal(item, actual)
    const status = actual.error?.status
    if (status === undefined) return false
    const answered = written.includes(`HTTP/1.1 ${status} `)
    return answered && (status === item.error.status || item.error.also?.includes(status) === true)
  })
}

function equal(expected: Item, actual: Item): boolean {
  const names = new Set([...Object.keys(expected), ...Object.keys(actual)])
  return [...names].every((name) => JSON.stringify(expected[name]) === JSON.stringify(actual[name]))
}

/** The places at which to cut: all of them in a short input or if so told, else those near the ends and a sample. */
function* cuts(length: number): Generator<number> {
  const step = process.env.HTTP1_SPLITS === 'all' ? 1 : Math.max(1, Math.floor(length / 64))
  for (let at = 1; at < length; at++) if (at % step === 0 || length - at < 24) yield at
}

/** The ways in which an input may arrive. */
function* deliveries(given: readonly Buffer[]): Generator<readonly Buffer[]> {
  yield given
  const whole = Buffer.concat(given)
  yield [whole]
  if (whole.length <= 20_000) yield Array.from(whole, (_, i) => whole.subarray(i, i + 1))
  for (const at of cuts(whole.length)) yield [whole.subarray(0, at), whole.subarray(at)]
}

export async function runCase(line: CorpusLine): Promise<Verdict> {
  const texts = (line.chunks_base64 ?? [line.bytes_base64]) as string[]
  const given = texts.map((text) => Buffer.from(text, 'base64')).filter((piece) => piece.length > 0)
  const options = (line.options ?? {}) as Record<string, number | boolean>
  const limits: Partial<Record<keyof Limits, number>> = {}
  for (const [name, limit] of Object.entries(limitNames)) {
    if (typeof options[name] === 'number') limits[limit] = options[name]
  }
  const resolved = resolveLimits({ maxHeadSize: Number.POSITIVE_INFINITY, ...limits })
  const expected = line.expect as readonly Item[]
  for (const pieces of deliveries(given)) {
    const outcome = await feed(pieces, resolved, options.proxy_protocol === true)
    if (agrees(expected, outcome)) continue
    const sizes = pieces.length > 4 ? `${pieces.length} pieces` : pieces.map((piece) => piece.length)
    const input = Buffer.concat(given).toString('latin1').slice(0, 600)
    return { pass: false, expected, actual: { items: outcome.items, sizes, input } }
  }
  return { pass: true }
}
