import type { FileContent } from '../datastructures/file-content.ts'
import { FileStorage } from '../datastructures/file-storage.ts'
import type { Headers } from '../datastructures/headers.ts'
import { RequestEntityTooLarge } from '../exceptions/client-errors.ts'
import { parseOptionsHeader } from '../http/options.ts'
import { parsePlainInt } from '../http/plain-int.ts'
import type { FileTarget, StreamFactory } from './file-target.ts'
import { MultipartDecoder } from './multipart-decoder.ts'
import type { Data, Epilogue, Field, File, MultipartEvent, NeedData } from './multipart-events.ts'

/** Size in bytes of the pieces in which a body goes through the decoder. */
const pieceSize = 65536

/** How a multipart body is read. Sizes are bytes; `null` is no limit. */
export interface MultipartOptions {
  readonly streamFactory: StreamFactory
  readonly maxFormMemorySize: number | null
  readonly maxFormParts: number | null
  readonly contentLength: number | undefined
}

/** What was found, in its order. */
export interface MultipartContent {
  readonly fields: [name: string, value: string][]
  readonly files: [name: string, file: FileStorage][]
}

interface Part {
  readonly begin: Field | File
  readonly target: FileTarget | undefined
  readonly pieces: Uint8Array[]
  size: number
}

/**
 * Reads a whole multipart body.
 *
 * @throws FormParseError if it is malformed.
 * @throws RequestEntityTooLarge Where a limit is passed.
 */
export function parseMultipart(
  body: FileContent,
  boundary: string,
  options: MultipartOptions,
): MultipartContent {
  const content: MultipartContent = { fields: [], files: [] }
  const targets: FileTarget[] = []
  try {
    readParts(body, boundary, options, content, targets)
    return content
  } catch (error) {
    for (const target of targets) target.close()
    throw error
  }
}

function readParts(
  body: FileContent,
  boundary: string,
  options: MultipartOptions,
  content: MultipartContent,
  targets: FileTarget[],
): void {
  const decoder = new MultipartDecoder(boundary, {
    maxFormMemorySize: options.maxFormMemorySize,
    maxParts: options.maxFormParts,
  })
  const fieldLimit = options.maxFormMemorySize ?? Number.POSITIVE_INFINITY
  let part: Part | undefined
  for (let position = 0; ; position += pieceSize) {
    const piece = position < body.size ? body.readAt(position, pieceSize) : undefined
    decoder.receiveData(piece)
    for (let event = decoder.nextEvent(); !isPause(event); event = decoder.nextEvent()) {
      if (event.type === 'data') {
        addData(part!, event, fieldLimit)
        if (!event.moreData) finish(part!, content)
      } else if (event.type !== 'preamble') {
        part = begin(event, options)
        if (part.target !== undefined) targets.push(part.target)
      }
    }
    if (piece === undefined) return
  }
}

function isPause(event: MultipartEvent): event is NeedData | Epilogue {
  return event.type === 'needData' || event.type === 'epilogue'
}

function begin(event: Field | File, options: MultipartOptions): Part {
  if (event.type === 'field') return { begin: event, target: undefined, pieces: [], size: 0 }
  const target = options.streamFactory({
    totalContentLength: options.contentLength,
    contentType: event.headers.get('Content-Type'),
    filename: event.filename,
    contentLength: parsePlainInt(event.headers.get('Content-Length') ?? '') ?? 0,
  })
  return { begin: event, target, pieces: [], size: 0 }
}

function addData(part: Part, { data }: Data, fieldLimit: number): void {
  if (part.target !== undefined) {
    part.target.write(data)
    return
  }
  part.size += data.length
  if (part.size > fieldLimit) throw new RequestEntityTooLarge()
  part.pieces.push(data)
}

function finish(part: Part, content: MultipartContent): void {
  const { begin, target } = part
  if (begin.type === 'field') {
    content.fields.push([begin.name, decodeField(Buffer.concat(part.pieces), begin.headers)])
  } else {
    const { name, filename, headers } = begin
    content.files.push([name, new FileStorage(target!, { name, filename, headers })])
  }
}

/** A field's text: UTF-8 unless its header names one of the other three charsets that clients may use. */
function decodeField(bytes: Buffer, headers: Headers): string {
  const type = headers.get('Content-Type')
  const charset = type === undefined ? '' : (parseOptionsHeader(type)[1].charset ?? '').toLowerCase()
  if (charset === 'iso-8859-1') return bytes.toString('latin1')
  if (charset === 'ascii' || charset === 'us-ascii') {
    return bytes.toString('latin1').replace(/[\x80-\xff]/g, '\ufffd')
  }
  return bytes.toString('utf8')
}
