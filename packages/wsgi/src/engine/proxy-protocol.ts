import { isIPv4, isIPv6 } from 'node:net'
import type { Address } from '../environ.ts'
import { MalformedRequest } from './errors.ts'
import { latin1Of } from './latin1.ts'
import { CR, LF } from './syntax.ts'

/** The longest version 1 line with its CRLF. */
const longestLine = 107
const lineStart = Buffer.from('PROXY ')
const signature = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1')
const port = /^(?:0|[1-9][0-9]{0,4})$/

/** What a proxy said about the connection that it forwards. */
export interface ProxyHeader {
  /** `TCP4`, `TCP6`, `UNKNOWN` (version 1), `LOCAL`, `UNSPEC`, `UDP4`, `UDP6` or `UNIX` (version 2). */
  readonly protocol: string
  /** The ends as the proxy saw them; absent where it did not say. */
  readonly client?: Address
  readonly server?: Address
  /** How many bytes the header has; 0 if there is none. */
  readonly size: number
}

const none: ProxyHeader = { protocol: '', size: 0 }

/**
 * Reads the header of the PROXY protocol, version 1 or 2, with which a connection may begin.
 *
 * @returns The header, with size 0 if the connection does not begin with one; `undefined` if more bytes are needed.
 * @throws MalformedRequest
 * @see https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt
 */
export function readProxyHeader(bytes: Buffer, from: number, end: number): ProxyHeader | undefined {
  const input = bytes.subarray(from, end)
  if (begins(input, lineStart)) return input.length < lineStart.length ? undefined : readLine(input)
  if (begins(input, signature)) return input.length < 16 ? undefined : readBinary(input)
  return none
}

/** Whether two texts agree as far as both go. */
function begins(input: Buffer, start: Buffer): boolean {
  const length = Math.min(input.length, start.length)
  return input.compare(start, 0, length, 0, length) === 0
}

function readLine(input: Buffer): ProxyHeader | undefined {
  const limit = Math.min(input.length, longestLine)
  let at = 0
  while (at < limit && input[at] !== CR && input[at] !== LF) at++
  if (at + 1 >= longestLine) throw new MalformedRequest('the PROXY line is too long or not ended')
  if (at === input.length) return undefined
  if (input[at] === LF) throw new MalformedRequest('the PROXY line does not end with CRLF')
  if (at + 1 === input.length) return undefined
  if (input[at + 1] !== LF) throw new MalformedRequest('the PROXY line does not end with CRLF')
  return parseLine(latin1Of(input, 0, at), at + 2)
}

function parseLine(line: string, size: number): ProxyHeader {
  const parts = line.split(' ')
  const protocol = parts[1]!
  if (protocol === 'UNKNOWN') return { protocol, size }
  if ((protocol !== 'TCP4' && protocol !== 'TCP6') || parts.length !== 6) {
    throw new MalformedRequest('the PROXY line is malformed')
  }
  const [, , client, server, clientPort, serverPort] = parts as [
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  const isAddress = protocol === 'TCP4' ? isIPv4 : isIPv6
  if (!isAddress(client) || !isAddress(server)) {
    throw new MalformedRequest('an address in the PROXY line is malformed')
  }
  return {
    protocol,
    client: { host: client, port: parsePort(clientPort) },
    server: { host: server, port: parsePort(serverPort) },
    size,
  }
}

function parsePort(text: string): number {
  if (!port.test(text) || Number(text) > 65535)
    throw new MalformedRequest('a port in the PROXY line is malformed')
  return Number(text)
}

/** Version 2: signature, version and command, family and transport, length, addresses, and extensions (skipped). */
function readBinary(input: Buffer): ProxyHeader | undefined {
  const command = input[12]!
  const family = input[13]!
  const size = 16 + input.readUInt16BE(14)
  if (command !== 0x20 && command !== 0x21) {
    throw new MalformedRequest('the PROXY header has an unknown version or command')
  }
  if (input.length < size) return undefined
  if (command === 0x20) return { protocol: 'LOCAL', size }
  const transport = family & 15
  if (transport > 2 || family >> 4 > 3) throw new MalformedRequest('the PROXY header has an unknown family')
  if (transport === 0 || family >> 4 === 0) return { protocol: 'UNSPEC', size }
  if (family >> 4 === 3) return { protocol: 'UNIX', size }
  const width = family >> 4 === 1 ? 4 : 16
  if (size < 16 + 2 * width + 4) throw new MalformedRequest('the PROXY header is too short for its addresses')
  const name = `${transport === 1 ? 'TCP' : 'UDP'}${width === 4 ? 4 : 6}`
  const ports = 16 + 2 * width
  return {
    protocol: name,
    client: { host: addressText(input, 16, width), port: input.readUInt16BE(ports) },
    server: { host: addressText(input, 16 + width, width), port: input.readUInt16BE(ports + 2) },
    size,
  }
}

function addressText(input: Buffer, at: number, width: number): string {
  if (width === 4) return [...input.subarray(at, at + 4)].join('.')
  const groups = Array.from({ length: 8 }, (_, i) => input.readUInt16BE(at + 2 * i).toString(16))
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1)
}
