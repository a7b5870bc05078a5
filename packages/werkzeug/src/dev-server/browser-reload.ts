import { randomBytes } from 'node:crypto'
import type { Application, Environ, WsgiResponse } from '@flask-ts/wsgi'
import { INTERNAL_PATH } from '../urls/internal-path.ts'

/** What tells when the files of the pages change. */
export interface AssetSignals {
  onAssetsChanged(listener: () => void): void
}

const SCRIPT_PATH = `${INTERNAL_PATH}reload.js`
const EVENTS_PATH = `${INTERNAL_PATH}reload-events`
const TAG = `<script src="${SCRIPT_PATH}" defer></script>`

/**
 * The page's side. A hidden page closes its connection, because browsers open only six to a host; when it is shown
 * again it learns from the number of the process whether it is out of date.
 */
const SCRIPT = `(() => {
  let process, source
  const open = () => {
    if (source || document.hidden) return
    source = new EventSource('${EVENTS_PATH}')
    source.addEventListener('process', (event) => {
      if (process !== undefined && process !== event.data) location.reload()
      process = event.data
    })
    source.addEventListener('changed', () => location.reload())
    source.onerror = () => {
      if (source.readyState !== EventSource.CLOSED) return
      source = undefined
      setTimeout(open, 300)
    }
  }
  const close = () => { source?.close(); source = undefined }
  document.addEventListener('visibilitychange', () => document.hidden ? close() : open())
  addEventListener('pagehide', close)
  addEventListener('pageshow', open)
  open()
})()
`

/** Whether a browser asked for a page to show, as opposed to a program or a script in a page. */
function isPageRequest(environ: Environ): boolean {
  const destination = environ.headers.get('sec-fetch-dest')
  return destination === 'document' || destination === 'iframe' || destination === 'frame'
}

function withTag(response: WsgiResponse): WsgiResponse {
  const { body } = response
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return response
  const headers = [...response.headers]
  const find = (wanted: string): string | undefined =>
    headers.find(([name]) => name.toLowerCase() === wanted)?.[1]
  if (!/^text\/html\b/i.test(find('content-type') ?? '') || find('content-encoding') !== undefined)
    return response
  const tagged = typeof body === 'string' ? body + TAG : Buffer.concat([body, Buffer.from(TAG)])
  const kept = headers
    .filter(([name]) => name.toLowerCase() !== 'etag')
    .map(([name, value]): [string, string] =>
      name.toLowerCase() === 'content-length' ? [name, String(Buffer.byteLength(tagged))] : [name, value],
    )
  return {
    status: response.status,
    reason: response.reason,
    headers: kept,
    body: tagged,
    close: () => response.close?.(),
  }
}

/** Sends the number of this process, and a word whenever templates or static files change. */
async function* events(
  id: string,
  signal: AbortSignal,
  listeners: Set<() => void>,
): AsyncGenerator<string, void, undefined> {
  yield `retry: 100\nevent: process\ndata: ${id}\n\n`
  while (!signal.aborted) {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const changed = (): void => resolve(true)
    const left = (): void => resolve(false)
    listeners.add(changed)
    signal.addEventListener('abort', left, { once: true })
    const isChange = await promise
    listeners.delete(changed)
    signal.removeEventListener('abort', left)
    if (isChange) yield 'event: changed\ndata:\n\n'
  }
}

/**
 * Makes the pages of an application load themselves again when the program, a template or a static file has changed.
 *
 * Only pages that a browser shows are touched: responses to `fetch`, to other programs, and streamed ones stay as
 * they are.
 */
export function withBrowserReload(application: Application, signals: AssetSignals): Application {
  const id = randomBytes(8).toString('hex')
  const listeners = new Set<() => void>()
  signals.onAssetsChanged(() => {
    for (const listener of listeners) listener()
  })
  return (environ) => {
    if (environ.target === SCRIPT_PATH) {
      return {
        status: 200,
        headers: [
          ['Content-Type', 'text/javascript; charset=utf-8'],
          ['Cache-Control', 'no-cache'],
        ],
        body: SCRIPT,
      }
    }
    if (environ.target === EVENTS_PATH) {
      return {
        status: 200,
        headers: [
          ['Content-Type', 'text/event-stream'],
          ['Cache-Control', 'no-store'],
        ],
        body: events(id, environ.signal, listeners),
      }
    }
    if (environ.method !== 'GET' || !isPageRequest(environ)) return application(environ)
    const response = application(environ)
    return response instanceof Promise ? response.then(withTag) : withTag(response)
  }
}
