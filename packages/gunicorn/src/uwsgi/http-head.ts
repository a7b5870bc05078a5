import { InvalidPacket } from './packet.ts'

/** What uwsgi variables say, as the head of an HTTP message and facts about the connection. */
export interface TranslatedHead {
  /** A whole head of HTTP/1.0: its response has no chunks, which `uwsgi_pass` would hand on as they are. */
  readonly head: string
  readonly scheme: 'http' | 'https'
  readonly remote: { readonly host: string; readonly port: number }
  readonly local: { readonly host: string; readonly port: number }
  readonly scriptName: string
}

/** Fields that speak of the connection between client and proxy, or that the translation sets itself. */
const dropped: ReadonlySet<string> = new Set([
  'CONNECTION',
  'TRANSFER_ENCODING',
  'CONTENT_LENGTH',
  'CONTENT_TYPE',
  'KEEP_ALIVE',
  'UPGRADE',
  'EXPECT',
  'TE',
])

function fieldName(variable: string): string {
  return variable.replaceAll('_', '-').replace(/[A-Z]+/g, (word) => word[0] + word.slice(1).toLowerCase())
}

/** The target as the client sent it, or made of its decoded parts. */
function targetOf(variables: ReadonlyMap<string, string>): string {
  const uri = variables.get('REQUEST_URI')
  if (uri !== undefined && uri !== '') return uri
  const path = (variables.get('SCRIPT_NAME') ?? '') + (variables.get('PATH_INFO') ?? '/')
  const bytes = Buffer.from(path, 'latin1').toString()
  const query = variables.get('QUERY_STRING') ?? ''
  return encodeURI(bytes).replaceAll('?', '%3F').replaceAll('#', '%23') + (query === '' ? '' : `?${query}`)
}

/**
 * Translates the variables of a uwsgi request to HTTP, so that the same engine with the same limits reads them.
 *
 * @throws InvalidPacket if a value would break out of its line.
 */
export function translateHead(variables: ReadonlyMap<string, string>): TranslatedHead {
  const lines = [`${variables.get('REQUEST_METHOD') || 'GET'} ${targetOf(variables)} HTTP/1.0`]
  const host = variables.get('HTTP_HOST') ?? variables.get('SERVER_NAME')
  if (host !== undefined && host !== '') lines.push(`Host: ${host}`)
  const type = variables.get('CONTENT_TYPE')
  if (type !== undefined && type !== '') lines.push(`Content-Type: ${type}`)
  const length = variables.get('CONTENT_LENGTH')
  if (length !== undefined && length !== '') lines.push(`Content-Length: ${length}`)
  for (const [name, value] of variables) {
    if (!name.startsWith('HTTP_') || name === 'HTTP_HOST' || dropped.has(name.slice(5))) continue
    lines.push(`${fieldName(name.slice(5))}: ${value}`)
  }
  const broken = lines.find((line) => /[\r\n\0]/.test(line))
  if (broken !== undefined)
    throw new InvalidPacket(`a variable holds a line break: ${JSON.stringify(broken)}`)
  const secure = /^(on|1|true)$/i.test(variables.get('HTTPS') ?? '')
  const https =
    secure || variables.get('REQUEST_SCHEME') === 'https' || variables.get('UWSGI_SCHEME') === 'https'
  return {
    head: `${lines.join('\r\n')}\r\n\r\n`,
    scheme: https ? 'https' : 'http',
    remote: { host: variables.get('REMOTE_ADDR') ?? '', port: Number(variables.get('REMOTE_PORT') ?? 0) },
    local: { host: variables.get('SERVER_NAME') ?? '', port: Number(variables.get('SERVER_PORT') ?? 0) },
    scriptName: (variables.get('SCRIPT_NAME') ?? '').replace(/\/+$/, ''),
  }
}
