import type { ResponseBody } from '@flask-ts/wsgi'
import {
  type BodyPart,
  encodePart,
  isAsyncBody,
  isFileBody,
  isPartList,
  isWhole,
  joinParts,
  partsOf,
} from '../message/body-kinds.ts'

/**
 * A part of a body.
 *
 * @param start - First byte, from 0.
 * @param length - How many bytes; fewer come if the body ends before.
 */
export function bodySlice(body: ResponseBody, start: number, length: number): ResponseBody {
  if (body === null || isWhole(body) || isPartList(body)) {
    return joinParts(partsOf(body)).subarray(start, start + length)
  }
  if (isFileBody(body)) return { file: body.file, offset: body.offset + start, length }
  return isAsyncBody(body) ? sliceAsync(body, start, length) : sliceSync(partsOf(body), start, length)
}

/** The piece of a part that lies in the wanted range, where the part begins at `position` of the whole. */
function piece(part: Buffer, position: number, start: number, end: number): Buffer {
  return part.subarray(Math.max(0, start - position), Math.max(0, end - position))
}

function* sliceSync(parts: Iterable<BodyPart>, start: number, length: number): Generator<Buffer> {
  let position = 0
  for (const part of parts) {
    const bytes = encodePart(part)
    const wanted = piece(bytes, position, start, start + length)
    position += bytes.length
    if (wanted.length > 0) yield wanted
    if (position >= start + length) return
  }
}

async function* sliceAsync(
  parts: AsyncIterable<BodyPart>,
  start: number,
  length: number,
): AsyncGenerator<Buffer> {
  let position = 0
  for await (const part of parts) {
    const bytes = encodePart(part)
    const wanted = piece(bytes, position, start, start + length)
    position += bytes.length
    if (wanted.length > 0) yield wanted
    if (position >= start + length) return
  }
}
