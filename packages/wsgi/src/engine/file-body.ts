import { type FileHandle, open } from 'node:fs/promises'
import type { FileBody } from '../application.ts'
import { InvalidResponse } from './errors.ts'
import type { Outgoing } from './outgoing.ts'

const pieceSize = 64 * 1024

/** Whether a body is a part of a file. */
export function isFileBody(body: object): body is FileBody {
  return typeof (body as Partial<FileBody>).file === 'string'
}

/**
 * Opens the file of a body, before the head of its response is sent: a missing file can still become an error page.
 *
 * @throws InvalidResponse if the range is none.
 */
export function openFileBody(body: FileBody): Promise<FileHandle> {
  if (
    !(
      Number.isSafeInteger(body.offset) &&
      body.offset >= 0 &&
      Number.isSafeInteger(body.length) &&
      body.length >= 0
    )
  ) {
    throw new InvalidResponse(
      `the range of ${body.file} is not one: offset ${body.offset}, length ${body.length}`,
    )
  }
  return open(body.file, 'r')
}

/**
 * Sends a part of an open file at the client's pace through two small buffers, one read while the other is written.
 *
 * @throws InvalidResponse if the file is shorter than announced.
 */
export async function sendFile(handle: FileHandle, body: FileBody, out: Outgoing): Promise<void> {
  const end = body.offset + body.length
  let at = body.offset
  let spare: Buffer = Buffer.allocUnsafeSlow(Math.min(pieceSize, body.length))
  let next: Buffer = await readPiece(handle, spare, at, end)
  spare = Buffer.allocUnsafeSlow(Math.min(pieceSize, body.length - next.length))
  while (at < end) {
    if (next.length === 0) {
      throw new InvalidResponse(`${body.file} ended at byte ${at}, before the announced end at ${end}`)
    }
    const piece = next
    at += piece.length
    out.bytes(piece)
    if (out.flush() && at >= end) return
    const [following] = await Promise.all([readPiece(handle, spare, at, end), out.drained()])
    next = following
    // A piece may be written over only when all of it has left.
    spare = out.pending === 0 && piece.length === pieceSize ? piece : Buffer.allocUnsafeSlow(pieceSize)
  }
}

async function readPiece(handle: FileHandle, buffer: Buffer, at: number, end: number): Promise<Buffer> {
  const size = Math.min(buffer.length, end - at)
  if (size <= 0) return Buffer.alloc(0)
  const { bytesRead } = await handle.read(buffer, 0, size, at)
  return buffer.subarray(0, bytesRead)
}
