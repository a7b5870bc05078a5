import assert from 'node:assert/strict'
import { type DebuggerOptions, debuggedApplication } from '@flask-ts/werkzeug/debug'
import { Client, type TestResponse } from '@flask-ts/werkzeug/testing'
import type { Application } from '@flask-ts/wsgi'

/** The PIN of these tests. */
export const PIN = '111-222-333'
export const LOCAL = { Host: 'localhost:5000' }
export const HTML = { ...LOCAL, Accept: 'text/html,*/*;q=0.8' }

class Basket {
  readonly #items: string[] = ['apple']

  take(wanted: string): string {
    const position = this.#items.indexOf(wanted)
    if (position < 0) throw new RangeError(`no ${wanted} in <the> basket`)
    return this.#items[position]!
  }
}

function shop(wanted: string): string {
  const basket = new Basket()
  const password = 'hunter2'
  let note = 'first'
  note += password.length
  return basket.take(wanted) + note
}

/** Fails in several ways by the path that is asked for. */
export const app: Application = ({ target }) => {
  if (target === '/ok') return { status: 200, headers: [], body: 'fine' }
  const query = target.slice(1)
  if (query === 'cause') {
    try {
      shop('pear')
    } catch (error) {
      throw new Error('selling failed', { cause: error })
    }
  }
  if (query === 'all') return Promise.any([Promise.reject(new Error('a')), Promise.reject(new Error('b'))])
  return { status: 200, headers: [], body: shop(query) }
}

/** A client of the application with the debugger around it. */
export function makeClient(options: DebuggerOptions = {}): Client {
  return new Client(debuggedApplication(app, { pin: PIN, log: false, ...options }), { useCookies: true })
}

/** What a page holds for its script. */
export interface Page {
  readonly secret: string
  readonly report: string
  readonly text: string
}

/** Asks for a page as a browser does. */
export async function open(client: Client, path = '/pear'): Promise<Page> {
  const { text } = await client.get(path, { headers: HTML })
  const read = (name: string): string => new RegExp(`data-${name}="([^"]*)"`).exec(text)?.[1] ?? ''
  return { text, secret: read('secret'), report: read('report') }
}

/** Sends what the script of a page sends. */
export function command(
  client: Client,
  page: Page,
  name: string,
  body: object,
  headers = {},
): Promise<TestResponse> {
  return client.post(`/__debugger__/${name}`, {
    baseUrl: 'http://localhost:5000',
    headers: { 'X-Debugger-Secret': page.secret, ...headers },
    json: { report: page.report, ...body },
  })
}

/** Evaluates in a frame: the text of the value, or the status of a refusal. */
export async function evaluate(client: Client, page: Page, frame: number, source: string): Promise<string> {
  const response = await command(client, page, 'eval', { frame, source })
  if (response.statusCode !== 200) return String(response.statusCode)
  const { value } = response.json as { value: [string, string][] }
  return value.map(([, text]) => text).join('')
}

/** Enters the right PIN. */
export async function unlock(client: Client, page: Page): Promise<void> {
  assert.deepEqual((await command(client, page, 'pin', { pin: PIN })).json, { auth: true, exhausted: false })
}
