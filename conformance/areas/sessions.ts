/** Runs `sessions*.jsonl`: see `sessions.md` for the format. */

import { URLSafeSerializer } from '@flask-ts/itsdangerous'
import { Tuple, tupleFrom } from '@flask-ts/jinja'
import { Markup } from '@flask-ts/markupsafe'
import { EnvironBuilder, runWsgiApp } from '@flask-ts/werkzeug/testing'
import {
  abort,
  afterThisRequest,
  session as currentSession,
  Flask,
  type SecureCookieSession,
  type SecureCookieSessionInterface,
  TaggedJSONSerializer,
  UUID,
} from 'flask-ts'
import { type CaseRunner, type CorpusLine, compare, type Verdict } from '../case.ts'
import { atTime } from '../clock.ts'

type Json = Record<string, unknown>

const tagged = new TaggedJSONSerializer()

/** A typed value of the corpus as the value that it stands for. */
function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value)
  const [kind, content] = entries.length === 1 ? entries[0]! : []
  switch (kind) {
    case '$tuple':
      return tupleFrom((content as unknown[]).map(revive))
    case '$bytes':
      return Buffer.from(content as string, 'base64')
    case '$markup':
      return new Markup(content as string)
    case '$datetime':
      return new Date(/[+-]\d\d:?\d\d$|Z$/.test(content as string) ? (content as string) : `${content}Z`)
    case '$uuid':
      return new UUID(content as string)
  }
  return Object.fromEntries(entries.map(([key, member]) => [key, revive(member)]))
}

/** A value in the corpus's own terms, for comparing. */
function describe(value: unknown): unknown {
  if (value instanceof Tuple) return { $tuple: Array.from(value as Iterable<unknown>, describe) }
  if (Array.isArray(value)) return value.map(describe)
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') }
  if (value instanceof Markup) return { $markup: String(value) }
  if (value instanceof Date) return { $datetime: value.toISOString() }
  if (value instanceof UUID) return { $uuid: String(value) }
  if (value === undefined) return null
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, describe(member)]))
}

function makeApp(config: Json): Flask {
  const app = new Flask('sessions')
  for (const [key, value] of Object.entries(config)) {
    const isDuration = key === 'PERMANENT_SESSION_LIFETIME' && typeof value === 'object'
    ;(app.config as unknown as Json)[key] = isDuration ? (value as { seconds: number }).seconds : value
  }
  return app
}

function sessionInterface(app: Flask): SecureCookieSessionInterface {
  return app.sessionInterface as SecureCookieSessionInterface
}

function encode(line: CorpusLine): Json {
  const app = makeApp(line.config as Json)
  const cookie = sessionInterface(app).getSigningSerializer(app)!.dumps(revive(line.session))
  return { cookie }
}

/** The text inside of a good cookie. */
function payloadText(config: Json, cookie: string): unknown {
  const app = makeApp(config)
  const signer = sessionInterface(app).getSigningSerializer(app)!.makeSigner()
  const payload = signer.unsign(Buffer.from(cookie))
  return new URLSafeSerializer('', { serializer: { dumps: String, loads: (text) => text } }).loadPayload(
    payload,
  )
}

function decode(line: CorpusLine): Json {
  const app = makeApp(line.config as Json)
  const name = app.config.SESSION_COOKIE_NAME
  const environ = new EnvironBuilder('/', {
    headers: { Cookie: `${name}=${line.cookie}` },
  }).getEnviron()
  const session = sessionInterface(app).openSession(app, new app.requestClass(environ))
  return { session: session === null ? null : describe(session.toDict()) }
}

/** One step of the handler; what it gives is listed if the step is one that looks. */
function step(session: SecureCookieSession, [name, ...args]: [string, ...unknown[]], seen: unknown[]): void {
  const key = args[0] as string
  const value = revive(args[1])
  switch (name) {
    case 'get':
      return void seen.push(describe(session.get(key)))
    case 'in':
      return void seen.push(session.has(key))
    case 'len':
      return void seen.push(session.size)
    case 'all':
      return void seen.push(describe(session.toDict()))
    case 'set':
      return void session.set(key, value)
    case 'del':
      return void session.delItem(key)
    case 'pop':
      return void seen.push(describe(session.pop(key, { default: null })))
    case 'clear':
      return void session.clear()
    case 'setdefault':
      return void seen.push(describe(session.setdefault(key, value)))
    case 'update':
      return void session.update(revive(args[0]) as Json)
    case 'permanent':
      session.permanent = Boolean(args[0])
      return
    case 'is-permanent':
      return void seen.push(session.permanent)
    case 'modified':
      session.modified = Boolean(args[0])
      return
    case 'is-modified':
      return void seen.push(session.modified)
    case 'append':
      return void (session.getItem(key) as unknown[]).push(value)
    case 'header':
      return void afterThisRequest((response) => {
        response.headers.add(key, String(args[1]))
        return response
      })
    case 'abort':
      abort(args[0] as number)
      break
    case 'raise':
      throw new Error('raised by a step')
  }
  throw new Error(`unknown step ${name}`)
}

async function respond(line: CorpusLine): Promise<Json> {
  const app = makeApp(line.config as Json)
  app.logger.level = 'silent'
  const seen: unknown[] = []
  app.route('/', { methods: ['GET', 'POST'] }, function index() {
    for (const each of line.steps as [string, ...unknown[]][]) {
      step(currentSession as unknown as SecureCookieSession, each, seen)
    }
    return 'ok'
  })
  const cookie = line.cookie as string | null
  const builder = new EnvironBuilder((line.path as string | undefined) ?? '/', {
    method: (line.method as string | undefined) ?? 'GET',
    headers: cookie === null ? {} : { Cookie: cookie },
  })
  const response = await runWsgiApp(app.wsgiApp, builder.getEnviron())
  const all = (name: string): string[] =>
    [...response.headers].filter(([key]) => key.toLowerCase() === name).map(([, value]) => value)
  return { status: response.status, set_cookie: all('set-cookie'), vary: all('vary'), seen }
}

async function outcome(line: CorpusLine): Promise<Json> {
  switch (line.op) {
    case 'tag_dumps':
      return { text: tagged.dumps(revive(line.value)) }
    case 'tag_loads':
      return { value: describe(tagged.loads(line.text as string)) }
    case 'encode':
      return encode(line)
    case 'decode':
      return decode(line)
  }
  return respond(line)
}

/** Cookie lines of a deflated value: equal but for the value, whose payload is compared instead. */
function sameDeflated(line: CorpusLine, expected: string, actual: string, payload: unknown): boolean {
  const split = (text: string): [string, string, string] => {
    const [, name, value, rest] = /^([^=]*=)([^;]*)(.*)$/s.exec(text)!
    return [name!, value!, rest!]
  }
  const [name, , rest] = split(expected)
  const [actualName, value, actualRest] = split(actual)
  return name === actualName && rest === actualRest && payloadText(line.config as Json, value) === payload
}

function judge(line: CorpusLine, actual: Json): Verdict {
  const { compressed, payload_text, ...expected } = line.expect as Json
  if (expected.seen === undefined) delete actual.seen
  const shorter = String(actual.cookie).length < String(expected.cookie).length
  if (
    (compressed === true || shorter) &&
    expected.cookie !== undefined &&
    expected.cookie !== actual.cookie
  ) {
    return compare(payload_text, payloadText(line.config as Json, actual.cookie as string))
  }
  const [cookie] = (expected.set_cookie ?? []) as string[]
  const [given] = (actual.set_cookie ?? []) as string[]
  const deflated = compressed === true || (given ?? '').length < (cookie ?? '').length
  if (deflated && cookie !== undefined && given !== undefined && cookie !== given) {
    if (sameDeflated(line, cookie, given, payload_text)) actual.set_cookie = expected.set_cookie
  }
  return compare(describe(revive(expected)), describe(revive(actual)))
}

export const runCase: CaseRunner = (line) =>
  atTime(line.now as number | undefined, async () => {
    const expectsError = (line.expect as Json).error !== undefined
    try {
      const actual = await outcome(line)
      return expectsError ? { pass: false, expected: line.expect, actual } : judge(line, actual)
    } catch (error) {
      if (expectsError) return { pass: true }
      throw error
    }
  })
