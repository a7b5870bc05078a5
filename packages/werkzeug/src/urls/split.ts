import { isIPv6 } from 'node:net'

/** The parts of a URL as written, none of them decoded. */
export interface SplitUrl {
  /** In lower case, empty if there is none. */
  readonly scheme: string
  readonly netloc: string
  readonly path: string
  readonly query: string
  readonly fragment: string
}

/** The parts of a URL's authority. */
export interface Authority {
  /** In lower case, without brackets; empty if there is none. */
  readonly hostname: string
  readonly port: number | undefined
  readonly username: string | undefined
  readonly password: string | undefined
}

/** The text cannot be taken apart as a URL. */
export class InvalidUrl extends Error {
  override readonly name = 'InvalidUrl'

  constructor(url: string, reason: string) {
    super(`${JSON.stringify(url)} is not a URL: ${reason}`)
  }
}

const leading = /^[\x00-\x20]+/
const dropped = /[\t\r\n]/g
const schemePattern = /^[A-Za-z][A-Za-z0-9+.-]*:/
const futureAddress = /^v[0-9a-f]+\../i
const ascii = /^[\x00-\x7f]*$/
const withNetloc = new Set(
  'ftp http gopher nntp telnet imap wais file mms https shttp snews prospero rtsp rtsps rtspu rsync svn svn+ssh sftp nfs git git+ssh ws wss itms-services'.split(
    ' ',
  ),
)

function checkBrackets(netloc: string): void {
  const open = netloc.includes('[')
  if (open !== netloc.includes(']')) throw new InvalidUrl(netloc, 'a bracket of its host has no partner')
  if (!open) return
  const inside = netloc.slice(netloc.indexOf('[') + 1)
  const host = inside.slice(0, Math.max(inside.indexOf(']'), 0))
  if (!futureAddress.test(host) && !isIPv6(host)) {
    throw new InvalidUrl(netloc, 'only an IPv6 address may stand in brackets')
  }
}

/** Characters that normalization turns into delimiters would let one host pass for another. */
function checkNormalization(netloc: string): void {
  if (ascii.test(netloc)) return
  const bare = netloc.replace(/[@:#?]/g, '')
  const normal = bare.normalize('NFKC')
  if (normal !== bare && /[/?#@:]/.test(normal)) {
    throw new InvalidUrl(netloc, 'its host contains characters that normalize to delimiters')
  }
}

/** Cuts at the first `mark`. */
function cut(text: string, mark: string): [before: string, after: string] {
  const at = text.indexOf(mark)
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

/**
 * Takes a URL or a relative reference apart, as Python's `urlsplit` does.
 *
 * @param url - Control characters in front of it, and tabs and line breaks in it, are dropped.
 * @throws InvalidUrl for a malformed host.
 */
export function splitUrl(url: string): SplitUrl {
  let rest = url.replace(leading, '').replace(dropped, '')
  let scheme = ''
  let netloc = ''
  const named = schemePattern.exec(rest)
  if (named !== null) {
    scheme = named[0].slice(0, -1).toLowerCase()
    rest = rest.slice(named[0].length)
  }
  if (rest.startsWith('//')) {
    const end = rest.slice(2).search(/[/?#]/)
    netloc = end === -1 ? rest.slice(2) : rest.slice(2, end + 2)
    rest = end === -1 ? '' : rest.slice(end + 2)
    checkBrackets(netloc)
    checkNormalization(netloc)
  }
  const [beforeFragment, fragment] = cut(rest, '#')
  const [path, query] = cut(beforeFragment, '?')
  return { scheme, netloc, path, query, fragment }
}

/**
 * Puts a URL together again.
 *
 * @param parts - As `splitUrl` gives them. Schemes that have an authority keep their `//` even if it is empty.
 */
export function joinUrl({ scheme, netloc, path, query, fragment }: SplitUrl): string {
  let url = path
  if (netloc !== '' || (withNetloc.has(scheme) && !path.startsWith('//'))) {
    url = `//${netloc}${url === '' || url.startsWith('/') ? '' : '/'}${url}`
  }
  if (scheme !== '') url = `${scheme}:${url}`
  if (query !== '') url += `?${query}`
  return fragment === '' ? url : `${url}#${fragment}`
}

function portNumber(netloc: string, text: string): number | undefined {
  if (text === '') return undefined
  const port = Number(text)
  if (!/^[0-9]+$/.test(text) || port > 65535)
    throw new InvalidUrl(netloc, `its port ${text} is not 0 to 65535`)
  return port
}

/**
 * Takes the authority of a URL apart.
 *
 * @param netloc - What stands between `//` and the path.
 * @throws InvalidUrl for an impossible port.
 */
export function splitAuthority(netloc: string): Authority {
  const at = netloc.lastIndexOf('@')
  const user = at === -1 ? undefined : netloc.slice(0, at)
  const colon = user === undefined ? -1 : user.indexOf(':')
  const place = netloc.slice(at + 1)
  const bracket = place.indexOf('[')
  const [host, behind] = bracket === -1 ? cut(place, ':') : cut(place.slice(bracket + 1), ']')
  const port = bracket === -1 ? behind : cut(behind, ':')[1]
  const zone = host.indexOf('%')
  return {
    hostname: zone === -1 ? host.toLowerCase() : host.slice(0, zone).toLowerCase() + host.slice(zone),
    port: portNumber(netloc, port),
    username: colon === -1 ? user : user!.slice(0, colon),
    password: colon === -1 ? undefined : user!.slice(colon + 1),
  }
}
