import type { CrossOriginRequest } from './decide.ts'
import type { ResolvedOptions } from './options.ts'
import { patternText } from './pattern.ts'

/**
 * What a browser will complain about, and what to change: one line, or `undefined` if it will be content.
 *
 * @param options - Those of the resource, or `undefined` if no resource matches the path.
 * @param path - The path of the request.
 */
export function explainRefusal(
  options: ResolvedOptions | undefined,
  request: CrossOriginRequest,
  path: string,
): string | undefined {
  const origin = request.header('origin')
  if (origin === undefined || origin === '') return undefined
  if (options === undefined) {
    return (
      `CORS: the browser will say "No 'Access-Control-Allow-Origin' header is present" for ${origin} at ${path}: ` +
      `no resource matches this path. Add one to \`resources\`.`
    )
  }
  if (!options.admitsAll && !options.admitsOrigin(origin)) {
    return (
      `CORS: the browser will say "No 'Access-Control-Allow-Origin' header is present" for ${origin} at ${path}: ` +
      `only ${listOrigins(options)} may read it. Add ${JSON.stringify(origin)} to \`origins\`.`
    )
  }
  return request.method === 'OPTIONS' ? explainPreflight(options, request, path) : undefined
}

function listOrigins(options: ResolvedOptions): string {
  const texts = options.origins.map((origin) =>
    typeof origin === 'function' ? 'what a function admits' : patternText(origin),
  )
  return texts.join(', ') || 'no origin'
}

function explainPreflight(
  options: ResolvedOptions,
  request: CrossOriginRequest,
  path: string,
): string | undefined {
  const method = request.header('access-control-request-method')?.toUpperCase()
  if (method === undefined || method === '') return undefined
  if (!options.methods.includes(method)) {
    return (
      `CORS: the browser will say "Method ${method} is not allowed by Access-Control-Allow-Methods in preflight ` +
      `response" at ${path}: only ${options.methods} are. Add ${JSON.stringify(method)} to \`methods\`.`
    )
  }
  const refused = (request.header('access-control-request-headers') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !options.admitsHeader(name))
  if (refused.length === 0) return undefined
  return (
    `CORS: the browser will say "Request header field ${refused[0]} is not allowed by ` +
    `Access-Control-Allow-Headers in preflight response" at ${path}. ` +
    `Add ${refused.map((name) => JSON.stringify(name)).join(', ')} to \`allowHeaders\`.`
  )
}
