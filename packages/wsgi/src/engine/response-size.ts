import type { ResponseBody, WsgiResponse } from '../application.ts'
import { reasonOf } from './reasons.ts'

/** The size in bytes of a body that is there whole, -1 for one that is not. */
export function wholeSize(body: ResponseBody): number {
  if (body === null) return 0
  if (typeof body === 'string') return Buffer.byteLength(body)
  if (body instanceof Uint8Array) return body.byteLength
  return Array.isArray(body) ? listSize(body) : -1
}

function listSize(pieces: readonly unknown[]): number {
  let size = 0
  for (const piece of pieces) {
    if (typeof piece === 'string') size += Buffer.byteLength(piece)
    else if (piece instanceof Uint8Array) size += piece.byteLength
    else return -1
  }
  return size
}

/** A plain page for an error of the server's own. */
export function errorResponse(status: number, message?: string): WsgiResponse & { readonly body: string } {
  const reason = reasonOf(status)
  return {
    status,
    headers: [['Content-Type', 'text/plain; charset=utf-8']],
    body: message === undefined ? `${reason}\n` : `${reason}: ${message}\n`,
  }
}
