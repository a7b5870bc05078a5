import { randomUUID } from 'node:crypto'
import { Headers } from '../datastructures/headers.ts'
import { MultipartEncoder } from '../forms/multipart-encoder.ts'
import type { FormContent } from './form-data.ts'

const nothing = new Uint8Array()

/**
 * Writes a form as a multipart body.
 *
 * @param boundary - Must not occur in the content; made up unless given.
 */
export function encodeMultipart(
  { form, files }: FormContent,
  boundary = `---------------WerkzeugFormPart_${randomUUID()}`,
): { readonly boundary: string; readonly body: Buffer } {
  const encoder = new MultipartEncoder(boundary)
  const pieces: Buffer[] = [encoder.sendEvent({ type: 'preamble', data: nothing })]
  for (const [name, value] of form.items({ multi: true })) {
    pieces.push(encoder.sendEvent({ type: 'field', name, headers: new Headers() }))
    pieces.push(encoder.sendEvent({ type: 'data', data: Buffer.from(value), moreData: false }))
  }
  for (const [name, file] of files.items({ multi: true })) {
    const headers = file.headers.copy()
    if (!headers.has('Content-Type')) headers.set('Content-Type', 'application/octet-stream')
    const begin =
      file.filename === null
        ? ({ type: 'field', name, headers } as const)
        : ({ type: 'file', name, filename: file.filename, headers } as const)
    pieces.push(encoder.sendEvent(begin))
    pieces.push(encoder.sendEvent({ type: 'data', data: file.read(), moreData: false }))
  }
  pieces.push(encoder.sendEvent({ type: 'epilogue', data: nothing }))
  return { boundary, body: Buffer.concat(pieces) }
}
