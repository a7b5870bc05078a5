import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { after, before, suite, test } from 'node:test'
import { tuple } from '@flask-ts/jinja'
import { Markup } from '@flask-ts/markupsafe'
import { Flask, flash, getFlashedMessages, session, UUID } from 'flask-ts'
import { hasPythonFlask, PYTHON, skipWithout } from '../support/need.ts'

const KEY = 'a key that both sides know'

interface Answer {
  readonly status: number
  readonly body: string
  /** The value of the session cookie that was set. */
  readonly cookie: string | null
}

/** One side of the same site: takes a session cookie with a request and gives the next. */
interface Site {
  ask(method: string, path: string, cookie?: string | null): Promise<Answer>
}

const everyKind: Readonly<Record<string, unknown>> = {
  text: 'Größe 😀',
  number: 7,
  fraction: 1e-7,
  nothing: null,
  yes: true,
  list: [1, { deep: [] }],
  tuple: tuple(1, tuple('a', Buffer.from([0, 255]))),
  bytes: Buffer.from([0, 1, 254, 255]),
  markup: new Markup('<b>bold</b>'),
  uuid: new UUID('12345678-1234-5678-1234-567812345678'),
  when: new Date('2024-02-29T12:30:15Z'),
  'tag-like': { ' t': [1] },
  long: 'x'.repeat(500),
}

function equal(a: unknown, b: unknown): boolean {
  try {
    assert.deepStrictEqual(a, b)
    return true
  } catch {
    return false
  }
}

function makeApp(): Flask {
  const app = new Flask('interop')
  app.secretKey = KEY
  app.post('/fill', () => {
    session.update(everyKind)
    return 'filled'
  })
  app.get('/check', () =>
    JSON.stringify(Object.keys(everyKind).filter((key) => !equal(session.get(key), everyKind[key]))),
  )
  app.post('/flash', () => {
    flash('Saved.')
    flash(new Markup('<i>careful</i>'), 'warning')
    return 'flashed'
  })
  app.get('/flashes', () =>
    JSON.stringify(
      getFlashedMessages({ withCategories: true }).map(([category, text]) => [category, String(text)]),
    ),
  )
  app.post('/permanent', () => {
    session.permanent = true
    session.who = 'ada'
    return 'kept'
  })
  app.get('/permanent', () => JSON.stringify([session.permanent, session.who ?? null]))
  return app
}

function typescriptSite(app: Flask): Site {
  return {
    async ask(method, path, cookie) {
      const headers: Record<string, string> = cookie ? { Cookie: `session=${cookie}` } : {}
      const answer = await app.testClient({ useCookies: false }).open(path, { method, headers })
      const [line] = answer.headers.getlist('Set-Cookie')
      const value = line === undefined ? null : line.split(';')[0]!.slice('session='.length)
      return { status: answer.status, body: answer.text, cookie: value }
    },
  }
}

suite('sessions of Python’s Flask', { skip: skipWithout("Debian's Flask", hasPythonFlask()) }, () => {
  const app = makeApp()
  const here = typescriptSite(app)
  let python: Site & { setKey(key: string): Promise<unknown> }
  let stop: () => void

  before(() => {
    const child = spawn(PYTHON, [new URL('./interop_flask.py', import.meta.url).pathname], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const command = async (what: object): Promise<Answer> => {
      child.stdin.write(`${JSON.stringify(what)}\n`)
      const { value } = await lines.next()
      return JSON.parse(value as string)
    }
    python = {
      ask: (method, path, cookie) => command({ method, path, cookie }),
      setKey: (key) => command({ key }),
    }
    stop = () => child.kill()
  })
  after(() => stop())

  test('every kind of value goes from Python to TypeScript and back', async () => {
    const filled = await python.ask('POST', '/fill')
    assert.equal((await here.ask('GET', '/check', filled.cookie)).body, '[]')
    const filledHere = await here.ask('POST', '/fill')
    assert.equal((await python.ask('GET', '/check', filledHere.cookie)).body, '[]')
  })

  test('flashed messages of one side are shown by the other', async () => {
    const expected = [
      ['message', 'Saved.'],
      ['warning', '<i>careful</i>'],
    ]
    const flashed = await python.ask('POST', '/flash')
    assert.deepEqual(JSON.parse((await here.ask('GET', '/flashes', flashed.cookie)).body), expected)
    const flashedHere = await here.ask('POST', '/flash')
    const shown = await python.ask('GET', '/flashes', flashedHere.cookie)
    assert.deepEqual(JSON.parse(shown.body), expected)
    assert.equal(shown.cookie, '', 'shown messages are taken out, and the cookie is deleted')
  })

  test('a permanent session stays permanent on the other side', async () => {
    const kept = await python.ask('POST', '/permanent')
    const seen = await here.ask('GET', '/permanent', kept.cookie)
    assert.equal(seen.body, '[true,"ada"]')
    assert.notEqual(seen.cookie, null, 'it is refreshed with each answer')
    assert.equal((await python.ask('GET', '/permanent', seen.cookie)).body, '[true, "ada"]')
  })

  test('a cookie under the old key is read, and what is saved then is under the new one', async () => {
    const old = await python.ask('POST', '/permanent')
    app.secretKey = 'the new key'
    app.config.SECRET_KEY_FALLBACKS = [KEY]
    const renewed = await here.ask('GET', '/permanent', old.cookie)
    assert.equal(renewed.body, '[true,"ada"]')
    assert.equal((await python.ask('GET', '/permanent', renewed.cookie)).body, '[false, null]')
    await python.setKey('the new key')
    assert.equal((await python.ask('GET', '/permanent', renewed.cookie)).body, '[true, "ada"]')
    await python.setKey(KEY)
    app.secretKey = KEY
  })
})
