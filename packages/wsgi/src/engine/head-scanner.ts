import { MalformedRequest, RequestLineTooLong, UnsupportedVersion } from './errors.ts'
import {
  added,
  bareCR,
  checkTarget,
  fieldTooLarge,
  findLineEnd,
  headTooLarge,
  INCOMPLETE,
  isConnect,
  isHost,
  isVersion,
  matches,
  tooManyFields,
  valueOf,
  whatIsWrongWithField,
} from './head-lines.ts'
import { latin1Of } from './latin1.ts'
import type { Limits } from './limits.ts'
import { CR, LF, methodBytes, targetBytes, tokenBytes, valueBytes } from './syntax.ts'

const SPACE = 32
const COLON = 58

/**
 * Reads the head of one request line by line out of bytes, checks each line as it becomes complete, and notes what
 * framing and routing depend on. It works on bytes because most requests are read in one go and need a single
 * conversion to text; a head that comes in pieces is taken up again at the line where it broke off.
 *
 * All positions are counted from the first byte of the message.
 */
export class HeadScanner {
  readonly #limits: Limits
  #lineAt = 0
  #lineRead = false
  #blankSkipped = false
  #fields = 0
  methodAt = 0
  methodEnd = 0
  targetEnd = 0
  fieldsAt = 0
  minor = 0
  hosts = 0
  hostValid = true
  contentTypes = 0
  contentLengths = 0
  contentLength = ''
  transferCodings: string | undefined
  connection: string | undefined
  expect: string | undefined
  hasUpgrade = false
  hasUnderscore = false

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** Makes the scanner ready for the next message. */
  reset(): void {
    this.#lineAt = 0
    this.#lineRead = false
    this.#blankSkipped = false
    this.#fields = 0
    this.hosts = 0
    this.hostValid = true
    this.contentTypes = 0
    this.contentLengths = 0
    this.transferCodings = undefined
    this.connection = undefined
    this.expect = undefined
    this.hasUpgrade = false
    this.hasUnderscore = false
  }

  /** Whether anything of a message was seen, an empty line before it aside. */
  get begun(): boolean {
    return this.#lineRead
  }

  /**
   * Reads on.
   *
   * @param bytes - Holds the message from `start`, and at least as much of it as at the last call.
   * @returns Where the head ends, or `INCOMPLETE`.
   * @throws RequestRefused if a complete line is wrong, or an incomplete one already too long.
   */
  scan(bytes: Buffer, start: number, end: number): number {
    let at = start + this.#lineAt
    if (!this.#lineRead) {
      at = this.#skipBlankLine(bytes, at, end)
      const next = at < end ? this.#requestLine(bytes, start, at, end) : INCOMPLETE
      if (next < 0) return this.#pause(at - start)
      this.#lineRead = true
      this.fieldsAt = next - start
      at = next
    }
    while (at < end) {
      const next = bytes[at] === CR ? this.#headEnd(bytes, at, end) : this.#field(bytes, at, end)
      if (next === INCOMPLETE) break
      if (next < 0) return -next
      at = next
      if (at - start > this.#limits.maxHeadSize) throw headTooLarge(this.#limits)
    }
    return this.#pause(at - start)
  }

  #pause(lineAt: number): number {
    this.#lineAt = lineAt
    return INCOMPLETE
  }

  /** One empty line before a request line is let pass (RFC 9112, 2.2). */
  #skipBlankLine(bytes: Buffer, at: number, end: number): number {
    if (this.#blankSkipped || bytes[at] !== CR || at + 1 >= end) return at
    if (bytes[at + 1] !== LF) throw bareCR()
    this.#blankSkipped = true
    return at + 2
  }

  /** The end of the head, negative to tell it from the beginning of a next line. */
  #headEnd(bytes: Buffer, at: number, end: number): number {
    if (at + 1 >= end) return INCOMPLETE
    if (bytes[at + 1] !== LF) throw bareCR()
    return -(at + 2)
  }

  #requestLine(bytes: Buffer, start: number, lineAt: number, end: number): number {
    let at = lineAt
    while (at < end && methodBytes[bytes[at]!] === 1) at++
    const methodEnd = at
    if (at < end && bytes[at] === SPACE) at++
    const targetAt = at
    while (at < end && targetBytes[bytes[at]!] === 1) at++
    const lineEnd = at + 9
    if (lineEnd + 1 >= end || !isVersion(bytes, at) || bytes[lineEnd] !== CR || bytes[lineEnd + 1] !== LF) {
      return this.#judgeRequestLine(bytes, lineAt, end)
    }
    if (methodEnd === lineAt || targetAt === methodEnd || at === targetAt) {
      return this.#judgeRequestLine(bytes, lineAt, end)
    }
    if (lineEnd - lineAt > this.#limits.maxRequestLine) {
      throw new RequestLineTooLong(this.#limits.maxRequestLine)
    }
    if (bytes[at + 6] !== 0x31) throw new UnsupportedVersion()
    this.methodAt = lineAt - start
    this.methodEnd = methodEnd - start
    this.targetEnd = at - start
    this.minor = bytes[at + 8]! - 0x30
    if (bytes[targetAt] !== 0x2f || isConnect(bytes, lineAt, methodEnd)) {
      checkTarget(latin1Of(bytes, lineAt, methodEnd), latin1Of(bytes, targetAt, at))
    }
    return lineEnd + 2
  }

  /** Says what is wrong with a request line, or that it is not there yet. */
  #judgeRequestLine(bytes: Buffer, lineAt: number, end: number): number {
    const limit = this.#limits.maxRequestLine
    const lineEnd = findLineEnd(bytes, lineAt, end, limit)
    if (lineEnd === INCOMPLETE) return INCOMPLETE
    if (lineEnd < 0) throw new RequestLineTooLong(limit)
    const parts = latin1Of(bytes, lineAt, lineEnd).split(' ')
    if (parts.length !== 3) {
      throw new MalformedRequest('the request line is not three parts split by single spaces')
    }
    const [method, target, version] = parts as [string, string, string]
    if (method === '' || [...method].some((char) => methodBytes[char.charCodeAt(0)] !== 1)) {
      throw new MalformedRequest('the method is not a token without lower-case letters')
    }
    if (!/^HTTP\/[0-9]\.[0-9]$/.test(version)) throw new MalformedRequest('the version is malformed')
    if (target === '') {
      throw new MalformedRequest('the request line is not three parts split by single spaces')
    }
    throw new MalformedRequest('the request target holds a byte that is not printable ASCII')
  }

  #field(bytes: Buffer, lineAt: number, end: number): number {
    let at = lineAt
    let seen = 0
    let kind = 1
    while (at < end) {
      kind = tokenBytes[bytes[at]!]!
      if (kind === 0) break
      seen |= kind
      at++
    }
    const nameEnd = at
    if (at >= end || bytes[at] !== COLON || nameEnd === lineAt) return this.#judgeField(bytes, lineAt, end)
    at++
    while (at < end && valueBytes[bytes[at]!] === 1) at++
    if (at + 1 >= end || bytes[at] !== CR || bytes[at + 1] !== LF) return this.#judgeField(bytes, lineAt, end)
    if (at + 2 - lineAt > this.#limits.maxFieldSize) throw fieldTooLarge(this.#limits)
    if (++this.#fields > this.#limits.maxFields) throw tooManyFields(this.#limits)
    if ((seen & 2) !== 0) this.hasUnderscore = true
    else this.#note(bytes, lineAt, nameEnd, at)
    return at + 2
  }

  #judgeField(bytes: Buffer, lineAt: number, end: number): number {
    const lineEnd = findLineEnd(bytes, lineAt, end, this.#limits.maxFieldSize - 2)
    if (lineEnd === INCOMPLETE) return INCOMPLETE
    if (lineEnd < 0) throw fieldTooLarge(this.#limits)
    throw new MalformedRequest(whatIsWrongWithField(latin1Of(bytes, lineAt, lineEnd)))
  }

  /** Keeps what a field says if framing or routing depend on it. Names are told apart by their length first. */
  #note(bytes: Buffer, nameAt: number, nameEnd: number, end: number): void {
    switch (nameEnd - nameAt) {
      case 4:
        if (matches(bytes, nameAt, 'host')) {
          this.hosts++
          this.hostValid = isHost(bytes, nameEnd + 1, end)
        }
        return
      case 6:
        if (matches(bytes, nameAt, 'expect')) this.expect = added(this.expect, valueOf(bytes, nameEnd, end))
        return
      case 7:
        if (matches(bytes, nameAt, 'upgrade')) this.hasUpgrade = true
        return
      case 10:
        if (matches(bytes, nameAt, 'connection')) {
          this.connection = added(this.connection, valueOf(bytes, nameEnd, end))
        }
        return
      case 12:
        if (matches(bytes, nameAt, 'content-type')) this.contentTypes++
        return
      case 14:
        if (matches(bytes, nameAt, 'content-length')) {
          this.contentLengths++
          this.contentLength = valueOf(bytes, nameEnd, end)
        }
        return
      case 17:
        if (matches(bytes, nameAt, 'transfer-encoding')) {
          this.transferCodings = added(this.transferCodings, valueOf(bytes, nameEnd, end))
        }
    }
  }
}
