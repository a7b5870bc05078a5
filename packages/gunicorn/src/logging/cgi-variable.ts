import type { Environ } from '@flask-ts/wsgi'

const simple: Readonly<Record<string, (environ: Environ) => string | undefined>> = {
  request_method: ({ method }) => method,
  raw_uri: ({ target }) => target,
  request_uri: ({ target }) => target,
  path_info: (environ) => pathOf(environ),
  query_string: ({ target }) => queryOf(target),
  script_name: ({ scriptName }) => scriptName,
  server_protocol: ({ protocol }) => protocol,
  server_name: ({ local }) => local.host,
  server_port: ({ local }) => String(local.port),
  remote_addr: ({ remote }) => remote.host,
  remote_port: ({ remote }) => String(remote.port),
  content_type: ({ headers }) => headers.get('content-type'),
  content_length: ({ headers }) => headers.get('content-length'),
  'wsgi.url_scheme': ({ scheme }) => scheme,
}

/** The path of a request below its mount point, decoded where it is valid. */
export function pathOf({ target, scriptName }: Environ): string {
  const end = target.indexOf('?')
  const raw = end < 0 ? target : target.slice(0, end)
  let path = raw
  try {
    path = decodeURIComponent(raw)
  } catch {
    // A path that is no valid encoding is logged as it came.
  }
  return scriptName !== '' && path.startsWith(scriptName) ? path.slice(scriptName.length) : path
}

/** The query string without its question mark. */
export function queryOf(target: string): string {
  const at = target.indexOf('?')
  return at < 0 ? '' : target.slice(at + 1)
}

/** A CGI variable (RFC 3875, 4.1) of a request, by its name in lower case. */
export function cgiVariable(name: string, environ: Environ): string | undefined {
  const read = simple[name]
  if (read !== undefined) return read(environ)
  return name.startsWith('http_') ? environ.headers.get(name.slice(5).replaceAll('_', '-')) : undefined
}
