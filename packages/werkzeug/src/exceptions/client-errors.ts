import { HTTPException } from './http-exception.ts'

/** 400: the client sent something that cannot be handled. */
export class BadRequest extends HTTPException {
  static override readonly code: number = 400
  static override readonly description: string =
    'The browser (or proxy) sent a request that this server could not understand.'
}

/** The client went away before its request was complete. There is nobody left to read the answer. */
export class ClientDisconnected extends BadRequest {}

/** Something in the request endangers the application, such as a host that is not trusted. */
export class SecurityError extends BadRequest {}

/** The `Host` is malformed. */
export class BadHost extends BadRequest {}

/** 403: known to the server, but not allowed. */
export class Forbidden extends HTTPException {
  static override readonly code: number = 403
  static override readonly description: string =
    "You don't have the permission to access the requested resource. It is either read-" +
    'protected or not readable by the server.'
}

/** 404: no such resource. */
export class NotFound extends HTTPException {
  static override readonly code: number = 404
  static override readonly description: string =
    'The requested URL was not found on the server. If you entered the URL manually ' +
    'please check your spelling and try again.'
}

/** 406: nothing to offer that the request's `Accept` fields admit. */
export class NotAcceptable extends HTTPException {
  static override readonly code: number = 406
  static override readonly description: string =
    'The resource identified by the request is only capable of generating response ' +
    'entities which have content characteristics not acceptable according to the accept ' +
    'headers sent in the request.'
}

/** 408: the request took too long to arrive. */
export class RequestTimeout extends HTTPException {
  static override readonly code: number = 408
  static override readonly description: string =
    "The server closed the network connection because the browser didn't finish the " +
    'request within the specified time.'
}

/** 409: the request does not fit the resource's present state. */
export class Conflict extends HTTPException {
  static override readonly code: number = 409
  static override readonly description: string =
    'A conflict happened while processing the request. The resource might have been ' +
    'modified while the request was being processed.'
}

/** 410: was there, and will not come back. */
export class Gone extends HTTPException {
  static override readonly code: number = 410
  static override readonly description: string =
    'The requested URL is no longer available on this server and there is no forwarding ' +
    'address. If you followed a link from a foreign page, please contact the author of ' +
    'this page.'
}

/** 411: a `Content-Length` is needed. */
export class LengthRequired extends HTTPException {
  static override readonly code: number = 411
  static override readonly description: string =
    'A request with this method requires a valid <code>Content-Length</code> header.'
}

/** 412: `If-Match` or one of its kin does not hold. */
export class PreconditionFailed extends HTTPException {
  static override readonly code: number = 412
  static override readonly description: string =
    'The precondition on the request for the URL failed positive evaluation.'
}

/** 413: the body is larger than a limit. */
export class RequestEntityTooLarge extends HTTPException {
  static override readonly code: number = 413
  static override readonly description: string = 'The data value transmitted exceeds the capacity limit.'
}

/** 414: the URL is too long. */
export class RequestURITooLarge extends HTTPException {
  static override readonly code: number = 414
  static override readonly description: string =
    'The length of the requested URL exceeds the capacity limit for this server. The ' +
    'request cannot be processed.'
}

/** 415: a body of a type that the server cannot read. */
export class UnsupportedMediaType extends HTTPException {
  static override readonly code: number = 415
  static override readonly description: string =
    'The server does not support the media type transmitted in the request.'
}

/** 417: the `Expect` field cannot be met. */
export class ExpectationFailed extends HTTPException {
  static override readonly code: number = 417
  static override readonly description: string =
    'The server could not meet the requirements of the Expect header'
}

/** 418: coffee was asked of a teapot (RFC 2324). */
export class ImATeapot extends HTTPException {
  static override readonly code: number = 418
  static override readonly description: string = 'This server is a teapot, not a coffee machine'
}

/** 421: sent to a server that cannot answer for this host. */
export class MisdirectedRequest extends HTTPException {
  static override readonly code: number = 421
  static override readonly description: string = 'The server is not able to produce a response.'
}

/** 422: well-formed, but its content makes no sense. */
export class UnprocessableEntity extends HTTPException {
  static override readonly code: number = 422
  static override readonly description: string =
    'The request was well-formed but was unable to be followed due to semantic errors.'
}

/** 423: the resource is locked. */
export class Locked extends HTTPException {
  static override readonly code: number = 423
  static override readonly description: string = 'The resource that is being accessed is locked.'
}

/** 424: something this depends on failed. */
export class FailedDependency extends HTTPException {
  static override readonly code: number = 424
  static override readonly description: string =
    'The method could not be performed on the resource because the requested action ' +
    'depended on another action and that action failed.'
}

/** 428: the request must be conditional. */
export class PreconditionRequired extends HTTPException {
  static override readonly code: number = 428
  static override readonly description: string =
    'This request is required to be conditional; try using "If-Match" or "If-Unmodified-Since".'
}

/** 431: the header is too large. */
export class RequestHeaderFieldsTooLarge extends HTTPException {
  static override readonly code: number = 431
  static override readonly description: string = 'One or more header fields exceeds the maximum size.'
}

/** 451: withheld on legal demand. */
export class UnavailableForLegalReasons extends HTTPException {
  static override readonly code: number = 451
  static override readonly description: string = 'Unavailable for legal reasons.'
}
