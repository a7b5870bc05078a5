/** What Node's buffers have beyond their documented methods: `toString('latin1')` without the choice of an encoding. */
interface Latin1Slicing {
  latin1Slice(from: number, to: number): string
}

/** Bytes as text, a character for each. */
export function latin1Of(bytes: Uint8Array, from: number, to: number): string {
  return (bytes as Uint8Array & Latin1Slicing).latin1Slice(from, to)
}
