/** Why a packet is refused. */
export class InvalidPacket extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'InvalidPacket'
  }
}

/** The most variables of one packet. */
const mostVariables = 1000

/**
 * Reads the variables at the beginning of a uwsgi connection.
 *
 * A packet is one byte `modifier1` (0 for a request of this kind), the size of what follows (16 bits, little endian),
 * one byte `modifier2`, and then names and values, each after its size in 16 bits.
 *
 * @returns The variables, and where the body begins; `undefined` if more bytes are needed.
 * @throws InvalidPacket
 * @see https://uwsgi-docs.readthedocs.io/en/latest/Protocol.html
 */
export function readPacket(
  bytes: Buffer,
): { readonly variables: ReadonlyMap<string, string>; readonly end: number } | undefined {
  if (bytes.length > 0 && bytes[0] !== 0) throw new InvalidPacket(`modifier1 is ${bytes[0]}, not 0`)
  if (bytes.length < 4) return undefined
  const end = 4 + bytes.readUInt16LE(1)
  if (bytes.length < end) return undefined
  const variables = new Map<string, string>()
  let at = 4
  const text = (): string => {
    if (at + 2 > end) throw new InvalidPacket('a size is cut off')
    const from = at + 2
    at = from + bytes.readUInt16LE(at)
    if (at > end) throw new InvalidPacket('a name or value is cut off')
    return bytes.toString('latin1', from, at)
  }
  while (at < end) {
    if (variables.size >= mostVariables) throw new InvalidPacket(`more than ${mostVariables} variables`)
    const name = text()
    variables.set(name, text())
  }
  return { variables, end }
}
