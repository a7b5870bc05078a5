import type { FileBody, WsgiResponse } from '../application.ts'

const encoder = new TextEncoder()
const pieceSize = 64 * 1024

/** A response body that is neither nothing nor there whole. */
export type StreamedResponseBody = Exclude<WsgiResponse['body'], null | string | Uint8Array>

/** The pieces of such a body as bytes. */
export async function* bodyPieces(body: StreamedResponseBody): AsyncGenerator<Uint8Array> {
  if ('file' in body) {
    yield* filePieces(body)
    return
  }
  for await (const piece of body) {
    const bytes = typeof piece === 'string' ? encoder.encode(piece) : piece
    if (bytes.byteLength > 0) yield bytes
  }
}

/** Node's file system is fetched when a file is sent: where there is none, everything else still works. */
async function* filePieces(body: FileBody): AsyncGenerator<Uint8Array> {
  const { open } = await import('node:fs/promises')
  const handle = await open(body.file, 'r')
  try {
    let at = body.offset
    const end = body.offset + body.length
    while (at < end) {
      const { bytesRead, buffer } = await handle.read(
        new Uint8Array(Math.min(pieceSize, end - at)),
        0,
        undefined,
        at,
      )
      if (bytesRead === 0)
        throw new Error(`${body.file} ended at byte ${at}, before the announced end at ${end}`)
      at += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}
