import { stripEnd } from '../http/strip.ts'
import { displayUri } from './iri.ts'
import { quote } from './percent.ts'

const pathSafe = "!$&'()*+,/:;=@%"
const querySafe = "!$&'()*+,/:;=?@%"

/** The parts of a request's URL; where one is left out, those behind it are too. */
export interface CurrentUrlParts {
  /** Where the application is mounted, decoded. */
  readonly rootPath?: string | null
  /** The path behind that, decoded. */
  readonly path?: string | null
  /** The query as its bytes, or as text in ASCII. */
  readonly queryString?: string | Uint8Array | null
}

/**
 * The URL of a request as an IRI.
 *
 * @param scheme - `http` or `https`.
 * @param host - With its port, see `getHost`.
 * @throws InvalidUrl if the host is malformed.
 */
export function getCurrentUrl(scheme: string, host: string, parts: CurrentUrlParts = {}): string {
  const { rootPath, path, queryString } = parts
  let url = `${scheme}://${host}`
  if (rootPath === undefined || rootPath === null) return displayUri(`${url}/`)
  url += `${quote(stripEnd(rootPath, '/'), pathSafe)}/`
  if (path === undefined || path === null) return displayUri(url)
  url += quote(path.replace(/^\/+/, ''), pathSafe)
  if (queryString !== undefined && queryString !== null && queryString.length > 0) {
    url += `?${quote(queryString, querySafe)}`
  }
  return displayUri(url)
}
