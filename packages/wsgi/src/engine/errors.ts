/**
 * A request that the server refuses before or instead of the application. The connection is closed after the answer.
 */
export class RequestRefused extends Error {
  /** The status of the answer. */
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = new.target.name
    this.status = status
  }
}

/** 400: the bytes are no HTTP/1.1 message, or could be read in two ways (RFC 9112, 2.2 and 11). */
export class MalformedRequest extends RequestRefused {
  constructor(message: string) {
    super(400, message)
  }
}

/** 408: the head or the body did not arrive in time (RFC 9110, 15.5.9). */
export class RequestTimeout extends RequestRefused {
  constructor(what: string, milliseconds: number) {
    super(408, `the ${what} did not arrive within ${milliseconds} ms`)
  }
}

/** 413: the body is larger than `maxBodySize` (RFC 9110, 15.5.14). */
export class BodyTooLarge extends RequestRefused {
  constructor(limit: number) {
    super(413, `the body is larger than the ${limit} bytes that maxBodySize allows`)
  }
}

/** 414: the request line is longer than `maxRequestLine` (RFC 9112, 3). */
export class RequestLineTooLong extends RequestRefused {
  constructor(limit: number) {
    super(414, `the request line is longer than the ${limit} bytes that maxRequestLine allows`)
  }
}

/** 417: an expectation other than `100-continue` (RFC 9110, 10.1.1). */
export class UnknownExpectation extends RequestRefused {
  constructor() {
    super(417, 'the Expect field names something else than 100-continue')
  }
}

/** 431: too many field lines, or one that is too large (RFC 6585, 5). */
export class FieldsTooLarge extends RequestRefused {
  constructor(message: string) {
    super(431, message)
  }
}

/** 501: a transfer coding that the server does not know (RFC 9112, 6.1). */
export class UnknownTransferCoding extends RequestRefused {
  constructor() {
    super(501, 'the body has a transfer coding other than chunked')
  }
}

/** 505: the major version is not 1 (RFC 9110, 15.6.6). */
export class UnsupportedVersion extends RequestRefused {
  constructor() {
    super(505, 'the major version of HTTP is not 1')
  }
}

/** The client went away before the exchange was complete. It is the reason of an aborted `environ.signal`. */
export class ClientDisconnected extends Error {
  constructor(message = 'the client went away before the exchange was complete') {
    super(message)
    this.name = 'ClientDisconnected'
  }
}

/** The body was asked for a second time: a request's body can be read once. */
export class BodyAlreadyRead extends Error {
  constructor() {
    super('the request body was already read: keep what the first read returned')
    this.name = 'BodyAlreadyRead'
  }
}

/** The application's response cannot be sent: a header that would break out of its line, a wrong length, a bad status. */
export class InvalidResponse extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'InvalidResponse'
  }
}
