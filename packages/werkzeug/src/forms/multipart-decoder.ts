import { Headers } from '../datastructures/headers.ts'
import { RequestEntityTooLarge } from '../exceptions/client-errors.ts'
import { parseOptionsHeader } from '../http/options.ts'
import { findBlankLine, findBoundary, lineBreakAt, partialBoundaryIndex } from './boundary.ts'
import { FormParseError } from './errors.ts'
import { type Data, type MultipartEvent, type NeedData, needData } from './multipart-events.ts'

/** Limits of a multipart body. */
export interface MultipartLimits {
  /** Bytes that may be buffered; no limit if `null`. */
  readonly maxFormMemorySize?: number | null
  /** Parts that may come; no limit if `null`. */
  readonly maxParts?: number | null
}

type State = 'preamble' | 'part' | 'dataStart' | 'data' | 'epilogue' | 'complete'

/** How far back a search begins anew, so that line breaks and dashes around a boundary are seen. */
const searchMargin = 8
const nothing = Buffer.alloc(0)
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Takes a multipart body apart as it arrives.
 *
 * Feed it with `receiveData`, then take events until it needs more.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7578
 */
export class MultipartDecoder {
  readonly #delimiter: Buffer
  readonly #maxFormMemorySize: number
  readonly #maxParts: number
  #buffer: Buffer = nothing
  #complete = false
  #state: State = 'preamble'
  #searchFrom = 0
  #parts = 0

  /**
   * @param boundary - As the content type names it.
   * @param limits - See {@link MultipartLimits}.
   */
  constructor(boundary: string, limits: MultipartLimits = {}) {
    this.#delimiter = Buffer.from(`--${boundary}`, 'latin1')
    this.#maxFormMemorySize = limits.maxFormMemorySize ?? Number.POSITIVE_INFINITY
    this.#maxParts = limits.maxParts ?? Number.POSITIVE_INFINITY
  }

  /**
   * Takes the next piece of the body, or `undefined` for its end.
   *
   * @throws RequestEntityTooLarge if more would be buffered than allowed.
   */
  receiveData(data: Uint8Array | undefined): void {
    if (data === undefined) {
      this.#complete = true
      return
    }
    if (this.#buffer.length + data.length > this.#maxFormMemorySize) throw new RequestEntityTooLarge()
    const piece = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    this.#buffer = this.#buffer.length === 0 ? piece : Buffer.concat([this.#buffer, piece])
  }

  /**
   * The next event.
   *
   * @throws FormParseError if the body is malformed, or ended too early.
   * @throws RequestEntityTooLarge if there are more parts than allowed.
   */
  nextEvent(): MultipartEvent {
    const event = this.#step()
    if (this.#complete && event.type === 'needData') {
      throw new FormParseError(
        `the multipart body ends too early (in its ${this.#state}): its last boundary is missing`,
      )
    }
    return event
  }

  #step(): MultipartEvent {
    switch (this.#state) {
      case 'preamble':
        return this.#preamble()
      case 'part':
        return this.#part()
      case 'dataStart': {
        const data = this.#data(lineBreakAt(this.#buffer, 0))
        if (data.type === 'data' && data.moreData) this.#state = 'data'
        return data
      }
      case 'data': {
        const data = this.#data(0)
        return data.type === 'data' && data.moreData && data.data.length === 0 ? needData : data
      }
      case 'epilogue': {
        if (!this.#complete) return needData
        this.#state = 'complete'
        return { type: 'epilogue', data: this.#take(this.#buffer.length) }
      }
      case 'complete':
        return needData
    }
  }

  /** Removes bytes from the beginning of the buffer and returns them. */
  #take(count: number): Buffer {
    const taken = this.#buffer.subarray(0, count)
    this.#buffer = this.#buffer.subarray(count)
    return taken
  }

  #preamble(): MultipartEvent {
    const match = findBoundary(this.#buffer, this.#delimiter, this.#searchFrom, false)
    if (match === undefined) {
      this.#searchFrom = Math.max(0, this.#buffer.length - this.#delimiter.length - searchMargin)
      return needData
    }
    this.#state = match.final ? 'epilogue' : 'part'
    this.#searchFrom = 0
    return { type: 'preamble', data: this.#take(match.end).subarray(0, match.start) }
  }

  #part(): MultipartEvent {
    const blank = findBlankLine(this.#buffer, this.#searchFrom)
    if (blank === undefined) {
      this.#searchFrom = Math.max(0, this.#buffer.length - searchMargin)
      return needData
    }
    const [start, end] = blank
    // The second half of the blank line stays: a boundary that follows at once needs it before itself.
    const headers = parsePartHeaders(this.#take((start + end) / 2).subarray(0, start))
    const disposition = headers.get('Content-Disposition')
    if (disposition === undefined)
      throw new FormParseError('a part of the form has no Content-Disposition header')
    const { name = '', filename } = parseOptionsHeader(disposition)[1]
    this.#state = 'dataStart'
    this.#searchFrom = 0
    this.#parts++
    if (this.#parts > this.#maxParts) throw new RequestEntityTooLarge()
    return filename === undefined
      ? { type: 'field', name, headers }
      : { type: 'file', name, filename, headers }
  }

  #data(from: number): Data | NeedData {
    const buffer = this.#buffer
    const match = findBoundary(buffer, this.#delimiter, 0, true)
    if (match === undefined) {
      const end = partialBoundaryIndex(buffer, this.#delimiter)
      // The line break before the content may be that of a boundary: then there is no content.
      if (end < from) return needData
      return { type: 'data', data: this.#take(end).subarray(from), moreData: true }
    }
    this.#state = match.final ? 'epilogue' : 'part'
    return {
      type: 'data',
      data: this.#take(match.end).subarray(from, Math.max(from, match.start)),
      moreData: false,
    }
  }
}

function parsePartHeaders(bytes: Buffer): Headers {
  const lines = bytes
    .toString('latin1')
    .replace(/(?:\r\n|\n|\r)[ \t]/g, ' ')
    .split(/\r\n|\n|\r/)
  const headers = new Headers()
  for (const raw of lines) {
    const line = decodeLine(raw.replace(/^[ \t\v\f]+|[ \t\v\f]+$/g, ''))
    if (line === '') continue
    const colon = line.indexOf(':')
    if (colon === -1) headers.add(line.trim(), '')
    else headers.add(line.slice(0, colon).trim(), line.slice(colon + 1).trim())
  }
  return headers
}

function decodeLine(latin1: string): string {
  if (!/[\x80-\xff]/.test(latin1)) return latin1
  try {
    return strictUtf8.decode(Buffer.from(latin1, 'latin1'))
  } catch (error) {
    throw new FormParseError('a header of a part of the form is not UTF-8', { cause: error })
  }
}
