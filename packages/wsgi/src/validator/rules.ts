/** Whose duty a rule is. */
export type Side = 'server' | 'application'

/** One rule of the contract. The specification page lists them all, word for word. */
export interface Rule {
  readonly side: Side
  readonly text: string
}

function server(text: string): Rule {
  return { side: 'server', text }
}

function application(text: string): Rule {
  return { side: 'application', text }
}

/** The contract between servers and applications, rule by rule. */
export const rules = {
  'environ-prototype': server(
    'An environ is an object whose members can be read through `Object.create(environ)`.',
  ),
  'environ-method': server(
    '`method` is a token (RFC 9110, 5.6.2), as sent; registered methods are in upper case.',
  ),
  'environ-target': server(
    '`target` is printable ASCII without spaces: a path that begins with `/` with an optional query, exactly as sent; `*` for OPTIONS; `host:port` for CONNECT.',
  ),
  'environ-protocol': server('`protocol` is `HTTP/` with a major digit, a dot and a minor digit.'),
  'environ-scheme': server('`scheme` is `http` or `https`.'),
  'environ-headers': server('`headers` has the methods `get`, `has` and `getAll`, and is iterable.'),
  'environ-header-field': server(
    'Iterating `headers` gives pairs of a token and a value: Latin-1 text without control characters other than tab, and without white space at its ends.',
  ),
  'environ-header-lookup': server(
    '`get(name)` gives the values that iteration shows under the name, whatever its case there, joined by `,` (`Cookie` by `; `), and `undefined` for a name that is not there; `has` and `getAll` agree with it.',
  ),
  'environ-body': server('`body` has `length`, `bytes` and `read`, and is async iterable.'),
  'environ-body-length': server(
    '`body.length` is an integer of at least 0, or `undefined` if the length is unknown.',
  ),
  'environ-body-bytes': server(
    '`body.bytes` is `undefined` or a `Uint8Array` of `body.length` bytes, and is there if `body.length` is 0.',
  ),
  'environ-body-pieces': server(
    'Iterating `body` gives `Uint8Array`s that are not empty, in all `body.length` bytes where that is known.',
  ),
  'environ-body-read': server(
    '`body.read(limit)` settles with a `Uint8Array` of at most `limit` bytes, or with `undefined` where the body is larger.',
  ),
  'environ-address': server(
    '`local` and `remote` have a `host`, a string, and a `port`, an integer from 0 to 65535.',
  ),
  'environ-script-name': server('`scriptName` is empty, or begins with `/` and does not end with it.'),
  'environ-signal': server('`signal` is an `AbortSignal`, the same at every look.'),
  'environ-upgrade': server(
    '`upgrade` is `undefined`, or has a `protocol` that is a string and a method `take`.',
  ),
  'server-close-once': server('A response’s `close` is called exactly once, after its body is done with.'),
  'server-body-once': server('A response’s body is iterated at most once, and not after `close`.'),
  'server-trailers-last': server('`trailers` is asked for at most once, when the body has ended.'),
  'application-read-only': application('An application does not assign to the members of an environ.'),
  'application-lower-case': application('Headers are looked up by lower-case name.'),
  'application-body-once': application('A request body is read once: with `read` or by iterating.'),
  'application-read-limit': application('The limit of `body.read` is a number of at least 0.'),
  'response-object': application(
    'An application returns an object, or a promise of one, with `status`, `headers` and `body`.',
  ),
  'response-status': application('`status` is an integer from 200 to 599.'),
  'response-reason': application('`reason` is `undefined`, or Latin-1 text without control characters.'),
  'response-headers': application(
    '`headers` is iterable, and more than once, and gives pairs of two strings.',
  ),
  'response-header-name': application('A header’s name is a token.'),
  'response-header-value': application(
    'A header’s value is Latin-1 text without CR, LF, NUL and other control characters; tab is let pass.',
  ),
  'response-hop-by-hop': application(
    'A response has none of the fields that are the server’s business: `Transfer-Encoding`, `Keep-Alive`, `Proxy-Connection`, and `Connection` other than `close`.',
  ),
  'response-length': application(
    '`Content-Length` comes once at most, is a decimal number, is the size of the body in bytes (except in answers to HEAD and in 304, where it tells another body’s), and does not come with 204.',
  ),
  'response-body': application(
    '`body` is `null`, a string, a `Uint8Array`, an iterable or async iterable, or a file range.',
  ),
  'response-file': application(
    'A file range has an absolute path as `file`, and integers of at least 0 as `offset` and `length`.',
  ),
  'response-piece': application('An iterable body gives strings and `Uint8Array`s.'),
  'response-close': application('`close` and `trailers`, where there, are functions.'),
  'response-trailers': application(
    'Trailers are pairs as in `headers`, and none of them tells about framing, routing or authorisation.',
  ),
} as const satisfies Readonly<Record<string, Rule>>

/** The name of a rule. */
export type RuleName = keyof typeof rules

/** A breach of the contract between server and application. */
export class ContractViolation extends Error {
  readonly rule: RuleName
  readonly side: Side

  /**
   * @param detail - What was found.
   */
  constructor(rule: RuleName, detail: string) {
    const { side, text } = rules[rule]
    super(`${rule}: ${detail}. The rule for the ${side}: ${text}`)
    this.name = 'ContractViolation'
    this.rule = rule
    this.side = side
  }
}

/** A value for a message, not too long. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}
