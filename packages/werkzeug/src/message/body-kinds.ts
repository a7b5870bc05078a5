import type { FileBody, ResponseBody } from '@flask-ts/wsgi'

/** A piece of a body. */
export type BodyPart = string | Uint8Array

/** What a response can be made of: what a server takes, or nothing. */
export type BodyInput = ResponseBody | undefined

/** Text or bytes: a body whose length is known without walking through it. */
export function isWhole(body: BodyInput): body is string | Uint8Array {
  return typeof body === 'string' || body instanceof Uint8Array
}

/** A list of parts, all of which are there. */
export function isPartList(body: ResponseBody): body is readonly BodyPart[] {
  return Array.isArray(body)
}

/** A part of a file, sent by the server itself. */
export function isFileBody(body: ResponseBody): body is FileBody {
  return typeof body === 'object' && body !== null && 'file' in body && 'offset' in body
}

/** Parts that come only later. */
export function isAsyncBody(body: ResponseBody): body is AsyncIterable<BodyPart> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body
}

/** The parts of a body that is there, or that comes synchronously. */
export function partsOf(body: ResponseBody): Iterable<BodyPart> {
  if (body === null) return []
  if (isWhole(body)) return [body]
  return body as Iterable<BodyPart>
}

/** Size in bytes as sent. */
export function partLength(part: BodyPart): number {
  return typeof part === 'string' ? Buffer.byteLength(part) : part.byteLength
}

/** The bytes as sent: text is UTF-8. */
export function encodePart(part: BodyPart): Buffer {
  if (typeof part === 'string') return Buffer.from(part)
  return Buffer.isBuffer(part) ? part : Buffer.from(part.buffer, part.byteOffset, part.byteLength)
}

/** Joins parts to one buffer; a single buffer is not copied. */
export function joinParts(parts: Iterable<BodyPart>): Buffer {
  const encoded: Buffer[] = []
  for (const part of parts) encoded.push(encodePart(part))
  return encoded.length === 1 ? encoded[0]! : Buffer.concat(encoded)
}

/** Ends an iterator or a stream before its end, so that whatever it holds is given back. */
export function closeBody(body: ResponseBody): void {
  if (typeof body !== 'object' || body === null || isWhole(body) || isPartList(body)) return
  const closable = body as { destroy?: unknown; close?: unknown; return?: unknown }
  if (typeof closable.destroy === 'function') closable.destroy()
  else if (typeof closable.close === 'function') closable.close()
  else if (typeof closable.return === 'function') void closable.return()
}
