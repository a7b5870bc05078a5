import { decodeIdna, displayIdna, encodeIdna } from './idna.ts'
import { quote, unquoteKeeping } from './percent.ts'
import { joinUrl, splitAuthority, splitUrl } from './split.ts'

/** Escapes that must stay everywhere: controls, space and the percent sign itself. */
const alwaysEscaped = `${String.fromCharCode(...Array(33).keys())}%\x7f`

/** Decodes all escapes but those of certain characters. */
function partialUnquote(kept: string): (text: string) => string {
  const codes = Array.from(alwaysEscaped + kept, (char) => char.charCodeAt(0).toString(16).padStart(2, '0'))
  const pattern = new RegExp(`((?:%(?:${codes.join('|')}))+)`, 'i')
  return (text) => {
    if (!text.includes('%')) return text
    return text
      .split(pattern)
      .map((part, index) => (index % 2 === 0 ? unquoteKeeping(part) : part))
      .join('')
  }
}

const unquotePath = partialUnquote('/?#')
const unquoteQuery = partialUnquote('&=+#')
const unquoteFragment = partialUnquote('')
const unquoteUser = partialUnquote(':@/?#')

function writeAuthority(
  netloc: string,
  host: (text: string) => string,
  user: (text: string) => string,
): string {
  const { hostname, port, username, password } = splitAuthority(netloc)
  let text = hostname === '' ? '' : host(hostname)
  if (text.includes(':')) text = `[${text}]`
  if (port !== undefined && port !== 0) text += `:${port}`
  if (username === undefined || username === '') return text
  const secret = password === undefined || password === '' ? '' : `:${user(password)}`
  return `${user(username)}${secret}@${text}`
}

/**
 * Turns a URI into an IRI for people to read: escapes are decoded wherever the meaning stays the same.
 *
 * @param uri - Any URL or relative reference. Escapes of invalid UTF-8 stay.
 * @throws InvalidUrl
 * @throws IdnaError if the host name is malformed.
 * @see https://www.rfc-editor.org/rfc/rfc3987#section-3.2
 */
export function uriToIri(uri: string): string {
  return decodeUri(uri, decodeIdna)
}

/**
 * The same as `uriToIri` for what a client sent: a host name that cannot be decoded stays as it is.
 *
 * @param uri - Any URL or relative reference.
 * @throws InvalidUrl
 */
export function displayUri(uri: string): string {
  return decodeUri(uri, displayIdna)
}

function decodeUri(uri: string, host: (text: string) => string): string {
  const parts = splitUrl(uri)
  return joinUrl({
    scheme: parts.scheme,
    netloc: writeAuthority(parts.netloc, host, unquoteUser),
    path: unquotePath(parts.path),
    query: unquoteQuery(parts.query),
    fragment: unquoteFragment(parts.fragment),
  })
}

function quoteUser(text: string): string {
  return quote(text, "%!$&'()*+,;=")
}

/**
 * Turns an IRI into a URI, which is ASCII only. What is escaped already stays so.
 *
 * @param iri - Any URL or relative reference.
 * @throws InvalidUrl
 * @throws IdnaError if the host name cannot be written in ASCII.
 * @see https://www.rfc-editor.org/rfc/rfc3987#section-3.1
 */
export function iriToUri(iri: string): string {
  const parts = splitUrl(iri)
  return joinUrl({
    scheme: parts.scheme,
    netloc: writeAuthority(parts.netloc, encodeIdna, quoteUser),
    path: quote(parts.path, "%!$&'()*+,/:;=@"),
    query: quote(parts.query, "%!$&'()*+,/:;=?@"),
    fragment: quote(parts.fragment, "%!#$&'()*+,/:;=?@"),
  })
}
