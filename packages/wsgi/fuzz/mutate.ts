/** A source of numbers that gives the same ones for the same seed. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** An integer from 0 to `limit - 1`. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!
  }
}

const starts = [
  'GET / ',
  'POST /p?q=1 ',
  'HEAD /h ',
  'PUT //d ',
  'OPTIONS * ',
  'DELETE /a%20b ',
  'GET http://h.test/x ',
]

const fields = [
  'X-A: b',
  'Cookie: a=b; c=d',
  'cookie: e=f',
  'Accept: */*',
  'X-Empty:',
  'X-Hi: \xe9',
  'Connection: keep-alive',
  'Connection: close',
  'Content-Type: a/b',
  'Expect: 100-continue',
  'TE: trailers',
  'Upgrade: x',
]

const bodies: readonly (readonly [field: string, body: string])[] = [
  ['', ''],
  ['Content-Length: 0', ''],
  ['Content-Length: 5', 'hello'],
  ['content-length:4', '\r\n\r\n'],
  ['Transfer-Encoding: chunked', '0\r\n\r\n'],
  ['Transfer-Encoding: chunked', '5\r\nhello\r\n0\r\n\r\n'],
  ['transfer-encoding: Chunked', 'A;x="y;z"\r\n0123456789\r\n003\r\n0\r\n\r\n0\r\nX-T: 1\r\n\r\n'],
]

const spices = [
  '\r\n',
  '\n',
  '\r',
  '\0',
  ' ',
  '\t',
  ':',
  ',',
  ';',
  '0',
  '5',
  'x',
  '\xff',
  '\x0b',
  '"',
  '_',
  '\r\n ',
  '\r\n\r\n',
  'Content-Length: 3\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Transfer-Encoding: gzip\r\n',
  'Host: x\r\n',
  'chunked',
  'HTTP/1.0',
  'HTTP/1.1',
  '0\r\n\r\n',
  'ffffffffffffffff',
  '-',
  '+',
]

function validRequest(random: Random): string {
  const [field, body] = random.pick(bodies)
  const lines = ['Host: h.test', ...Array.from({ length: random.below(4) }, () => random.pick(fields))]
  if (field !== '') lines.splice(random.below(lines.length + 1), 0, field)
  const version = random.below(12) === 0 ? 'HTTP/1.0' : 'HTTP/1.1'
  return `${random.pick(starts)}${version}\r\n${lines.join('\r\n')}\r\n\r\n${body}`
}

function mutated(text: string, random: Random): string {
  const at = random.below(text.length + 1)
  const length = 1 + random.below(random.below(3) === 0 ? 20 : 3)
  switch (random.below(6)) {
    case 0:
      return text.slice(0, at) + text.slice(at + length)
    case 1:
      return text.slice(0, at) + random.pick(spices) + text.slice(at)
    case 2:
      return text.slice(0, at) + random.pick(spices) + text.slice(at + length)
    case 3:
      return text.slice(0, at) + text.slice(at, at + length) + text.slice(at)
    case 4:
      return text.slice(0, at) + String.fromCharCode(random.below(256)) + text.slice(at + 1)
    default: {
      const from = random.below(text.length + 1)
      return text.slice(0, at) + text.slice(from, from + length * 4) + text.slice(at)
    }
  }
}

/** The bytes of one connection: a few requests, most of them damaged somewhere. */
export function input(random: Random): Buffer {
  let text = ''
  for (let n = 1 + random.below(3); n > 0; n--) text += validRequest(random)
  for (let n = random.below(4); n > 0; n--) text = mutated(text, random)
  return Buffer.from(text, 'latin1')
}

/** The same bytes in pieces. */
export function pieces(bytes: Buffer, random: Random): Buffer[] {
  const cut: Buffer[] = []
  const most = random.pick([1, 3, 17, 100])
  for (let at = 0; at < bytes.length; ) {
    const size = 1 + random.below(most)
    cut.push(bytes.subarray(at, at + size))
    at += size
  }
  return cut
}
