/** The few kinds of ASN.1 values of which a certificate is made, in DER (ITU-T X.690). */

function lengthOf(size: number): number[] {
  if (size < 0x80) return [size]
  const bytes: number[] = []
  for (let rest = size; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return [0x80 + bytes.length, ...bytes]
}

/** One value: its tag and what it holds. */
export function derValue(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(contents)
  return Buffer.concat([Buffer.from([tag, ...lengthOf(body.length)]), body])
}

/** Values in their order. */
export function derSequence(...items: readonly Uint8Array[]): Buffer {
  return derValue(0x30, ...items)
}

/** A number that is not negative, as big-endian bytes. */
export function derInteger(bytes: Uint8Array): Buffer {
  const positive = (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes
  return derValue(0x02, positive)
}

/** An object identifier in dotted form. */
export function derObjectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = [first * 40 + second]
  for (const part of rest) {
    const groups = [part & 0x7f]
    for (let value = part >>> 7; value > 0; value >>>= 7) groups.unshift((value & 0x7f) | 0x80)
    bytes.push(...groups)
  }
  return derValue(0x06, Buffer.from(bytes))
}

/** A moment before the year 2050, to the second, in UTC. */
export function derTime(date: Date): Buffer {
  const text = date.toISOString().replace(/[-:T]|\.\d+/g, '')
  return derValue(0x17, Buffer.from(text.slice(2)))
}
