import { connect } from 'node:net'
import type { Answer, Field } from './transcript.ts'
import { valuesOf } from './transcript.ts'

/** The longest that an answer may take, in milliseconds. */
const PATIENCE = 10_000

interface Head {
  readonly status: number
  readonly headers: readonly Field[]
  readonly end: number
}

function readHead(bytes: Buffer): Head | undefined {
  const end = bytes.indexOf('\r\n\r\n')
  if (end === -1) return undefined
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n')
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1])
  const headers = lines.map((line): Field => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon), line.slice(colon + 1).trim()]
  })
  return { status, headers, end: end + 4 }
}

function readChunks(bytes: Buffer): Buffer | undefined {
  const parts: Buffer[] = []
  for (let at = 0; ; ) {
    const line = bytes.indexOf('\r\n', at)
    if (line === -1) return undefined
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16)
    if (size === 0) return bytes.indexOf('\r\n', line + 2) === -1 ? undefined : Buffer.concat(parts)
    if (bytes.length < line + 2 + size + 2) return undefined
    parts.push(bytes.subarray(line + 2, line + 2 + size))
    at = line + 2 + size + 2
  }
}

/** The answer in the bytes that have come, or `undefined` if it is not complete. */
function readAnswer(bytes: Buffer, method: string, ended: boolean): Answer | undefined {
  const head = readHead(bytes)
  if (head === undefined) return undefined
  if (head.status === 100) return readAnswer(bytes.subarray(head.end), method, ended)
  const { status, headers } = head
  const rest = bytes.subarray(head.end)
  const finish = (body: Buffer): Answer => ({ status, headers, body })
  if (method === 'HEAD' || status === 204 || status === 304) return finish(Buffer.alloc(0))
  if (valuesOf(headers, 'Transfer-Encoding').includes('chunked')) {
    const body = readChunks(rest)
    return body === undefined ? undefined : finish(body)
  }
  const length = valuesOf(headers, 'Content-Length')[0]
  if (length === undefined) return ended ? finish(rest) : undefined
  return rest.length >= Number(length) ? finish(rest.subarray(0, Number(length))) : undefined
}

/**
 * Sends a request over a connection of its own, just as given.
 *
 * @param bytes - Head and body.
 * @param method - Tells whether the answer has a body.
 */
export function exchange(port: number, bytes: Buffer, method: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let received = Buffer.alloc(0)
    const take = (ended: boolean): void => {
      const answer = readAnswer(received, method, ended)
      if (answer !== undefined) {
        socket.destroy()
        resolve(answer)
      } else if (ended) {
        reject(new Error(`the connection ended in the middle of an answer: ${received.toString('latin1')}`))
      }
    }
    socket.setTimeout(PATIENCE, () => socket.destroy(new Error(`no complete answer within ${PATIENCE} ms`)))
    socket.on('error', reject)
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk])
      take(false)
    })
    socket.on('end', () => take(true))
    socket.write(bytes)
  })
}
