import { statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { crc32 } from 'node:zlib'
import type { Application, Environ, WsgiResponse } from '@flask-ts/wsgi'
import { isResourceModified } from '../datastructures/is-resource-modified.ts'
import { httpDate } from '../http/dates.ts'
import { getContentType } from '../message/content-type.ts'
import { guessType } from '../responses/mime-types.ts'
import { isFile } from '../responses/send-file.ts'
import { safeJoin } from '../security/safe-join.ts'
import { Request } from '../wrappers/request.ts'
import { fileNamePattern } from './file-name-pattern.ts'

/** How files are shared. */
export interface SharedDataOptions {
  /** Names of files that are not served: a pattern with `*`, `?` and `[abc]`. */
  readonly disallow?: string | undefined
  /** Whether clients may cache: `true` unless told. */
  readonly cache?: boolean | undefined
  /** Seconds for which they may: 12 hours unless given. */
  readonly cacheTimeout?: number | undefined
  /** The type of files whose name tells none: `application/octet-stream` unless given. */
  readonly fallbackMimetype?: string | undefined
}

interface FoundFile {
  readonly path: string
  readonly name: string
}

/**
 * Serves files and folders beside an application, which gets every request that there is no file for.
 *
 * @param app - The application.
 * @param exports - Files and folders by the path that they are served at: `{ '/static': 'public' }`.
 * @param options - See {@link SharedDataOptions}.
 * @see https://werkzeug.palletsprojects.com/en/stable/middleware/shared_data/
 */
export function sharedData(
  app: Application,
  exports: Readonly<Record<string, string | URL>> | Iterable<readonly [path: string, place: string | URL]>,
  options: SharedDataOptions = {},
): Application {
  const pairs = Symbol.iterator in exports ? exports : Object.entries(exports)
  const places = Array.from(pairs, ([path, place]): [string, string] => [
    path,
    resolve(typeof place === 'string' ? place : fileURLToPath(place)),
  ])
  const disallowed = options.disallow === undefined ? undefined : fileNamePattern(options.disallow)
  return (environ) => {
    const file = find(places, new Request(environ).pathInfo)
    if (file === undefined || disallowed?.test(file.name) === true) return app(environ)
    return serve(file, environ, options)
  }
}

function find(
  places: readonly (readonly [path: string, place: string])[],
  path: string,
): FoundFile | undefined {
  for (const [served, place] of places) {
    if (served === path && isFile(place)) return { path: place, name: basename(place) }
    const folder = served.endsWith('/') ? served : `${served}/`
    if (!path.startsWith(folder)) continue
    if (isFile(place)) return { path: place, name: basename(place) }
    const joined = safeJoin(place, path.slice(folder.length))
    if (joined !== undefined && isFile(joined)) return { path: joined, name: basename(joined) }
  }
  return undefined
}

function serve(file: FoundFile, environ: Environ, options: SharedDataOptions): WsgiResponse {
  const { cache = true, cacheTimeout = 60 * 60 * 12, fallbackMimetype = 'application/octet-stream' } = options
  const { size, mtime } = statSync(file.path)
  const headers: [name: string, value: string][] = [['Date', httpDate()]]
  if (cache) {
    const etag = `wzsdm-${mtime.getTime() / 1000}-${size}-${crc32(file.name)}`
    headers.push(['ETag', `"${etag}"`], ['Cache-Control', `max-age=${cacheTimeout}, public`])
    if (!isResourceModified(environ.headers, { etag, lastModified: mtime })) {
      return { status: 304, headers, body: null }
    }
    headers.push(['Expires', httpDate(Date.now() / 1000 + cacheTimeout)])
  } else headers.push(['Cache-Control', 'public'])
  headers.push(
    ['Content-Type', getContentType(guessType(file.name).type ?? fallbackMimetype)],
    ['Content-Length', String(size)],
    ['Last-Modified', httpDate(mtime)],
  )
  const body = environ.method === 'HEAD' ? null : { file: file.path, offset: 0, length: size }
  return { status: 200, headers, body }
}
