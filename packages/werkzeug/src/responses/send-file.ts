import { statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { crc32 } from 'node:zlib'
import { Headers } from '../datastructures/headers.ts'
import { NotFound } from '../exceptions/client-errors.ts'
import type { EnvironSource } from '../exceptions/http-exception.ts'
import type { BodyInput, BodyPart } from '../message/body-kinds.ts'
import { safeJoin } from '../security/safe-join.ts'
import { quote } from '../urls/percent.ts'
import { Response } from '../wrappers/response.ts'
import { FileNameMissingError } from './errors.ts'
import { guessType } from './mime-types.ts'
import type { ResponseType } from './redirect.ts'

/** What can be sent as a file: its path, its bytes, or something that yields them. */
export type FileSource = string | URL | Uint8Array | Iterable<BodyPart> | AsyncIterable<BodyPart>

/** How a file is sent. */
export interface SendFileOptions {
  /** Media type; guessed from the name unless given. */
  readonly mimetype?: string | undefined
  /** Whether the browser shall save it in place of showing it. */
  readonly asAttachment?: boolean | undefined
  /** The name to save it under; that of the path unless given. */
  readonly downloadName?: string | undefined
  /** Whether conditions and ranges of the request count: `true` unless told. Ranges need a path or bytes. */
  readonly conditional?: boolean | undefined
  /** Whether a path gets an entity tag (`true` unless told), or the tag. */
  readonly etag?: boolean | string | undefined
  /** An instant, or seconds since 1970; that of the path unless given. */
  readonly lastModified?: Date | number | undefined
  /** Seconds for which it may be cached without asking, or a function from the path to them. */
  readonly maxAge?: number | null | undefined | ((path: string | undefined) => number | null | undefined)
  /** Leave the sending to the HTTP server in front, with an `X-Sendfile` field. */
  readonly useXSendfile?: boolean | undefined
  /** The class of the response. */
  readonly responseClass?: ResponseType<Response> | undefined
  /** The folder that a relative path is in; the current one unless given. */
  readonly rootPath?: string | undefined
}

interface KnownFile {
  readonly path: string | undefined
  readonly size: number | undefined
  /** Seconds since 1970. */
  readonly mtime: number | undefined
  readonly body: BodyInput
}

/**
 * Sends a file. Never pass it a path that the client has a say in: see {@link sendFromDirectory}.
 *
 * @param source - Path, content, or something that yields it.
 * @param request - The request that it answers, or its environ.
 * @param options - See {@link SendFileOptions}.
 * @throws RequestedRangeNotSatisfiable if the request asks for a part that is not there.
 * @throws FileNameMissingError if content is passed without type and name.
 */
export function sendFile(
  source: FileSource,
  request: EnvironSource,
  options: SendFileOptions = {},
): Response {
  const file = lookAt(source, options.rootPath)
  const name = options.downloadName ?? (file.path === undefined ? undefined : basename(file.path))
  const headers = new Headers()
  const mimetype = options.mimetype ?? guess(name, options.asAttachment === true, headers)
  if (name !== undefined) setDisposition(headers, name, options.asAttachment === true)
  else if (options.asAttachment === true) throw new FileNameMissingError('save the attachment under')

  const leftToServer = options.useXSendfile === true && file.path !== undefined
  if (leftToServer) headers.set('X-Sendfile', file.path!)
  const type = options.responseClass ?? Response
  const body = leftToServer ? null : file.body
  const response = new type(body, { mimetype, headers, directPassthrough: true })
  if (file.size !== undefined) response.contentLength = file.size
  response.lastModified = options.lastModified ?? file.mtime
  setCaching(response, typeof options.maxAge === 'function' ? options.maxAge(file.path) : options.maxAge)
  setTag(response, file, options.etag ?? true)
  if (options.conditional === false) return response
  response.makeConditional(request, { acceptRanges: true, completeLength: file.size })
  // Some servers send the file whatever the status says.
  if (response.status === 304) response.headers.remove('X-Sendfile')
  return response
}

function lookAt(source: FileSource, rootPath: string | undefined): KnownFile {
  if (typeof source !== 'string' && !(source instanceof URL)) {
    const size = source instanceof Uint8Array ? source.byteLength : undefined
    return { path: undefined, size, mtime: undefined, body: source }
  }
  const path = resolve(rootPath ?? '', typeof source === 'string' ? source : fileURLToPath(source))
  const { size, mtimeMs } = statSync(path)
  return { path, size, mtime: mtimeMs / 1000, body: { file: path, offset: 0, length: size } }
}

function guess(name: string | undefined, asAttachment: boolean, headers: Headers): string {
  if (name === undefined) throw new FileNameMissingError('guess the media type from')
  const { type, encoding } = guessType(name)
  // Browsers would unpack an attachment while saving it.
  if (encoding !== undefined && !asAttachment) headers.set('Content-Encoding', encoding)
  return type ?? 'application/octet-stream'
}

/** RFC 6266, with RFC 5987's encoding for names that are not ASCII. */
function setDisposition(headers: Headers, name: string, asAttachment: boolean): void {
  const kind = asAttachment ? 'attachment' : 'inline'
  if (!/[^\x00-\x7f]/.test(name)) {
    headers.set('Content-Disposition', kind, { filename: name })
    return
  }
  const simple = name.normalize('NFKD').replace(/[^\x00-\x7f]/g, '')
  const quoted = quote(name.toWellFormed(), '!#$&+-.^_`|~')
  headers.set('Content-Disposition', kind, { filename: simple, 'filename*': `UTF-8''${quoted}` })
}

function setCaching(response: Response, maxAge: number | null | undefined): void {
  const control = response.cacheControl
  control.noCache = true
  if (maxAge === null || maxAge === undefined) return
  if (maxAge > 0) {
    control.noCache = null
    control.public = true
  }
  control.maxAge = maxAge
  response.expires = Math.trunc(Date.now() / 1000 + maxAge)
}

function setTag(response: Response, file: KnownFile, etag: boolean | string): void {
  if (typeof etag === 'string') response.setEtag(etag)
  else if (etag && file.path !== undefined) response.setEtag(`${file.mtime}-${file.size}-${crc32(file.path)}`)
}

/** Whether there is a regular file. A path that no file can have, such as one with a NUL, has none. */
export function isFile(path: string): boolean {
  return !path.includes('\0') && statSync(path, { throwIfNoEntry: false })?.isFile() === true
}

/**
 * Sends a file out of a folder, by a path that the client may name.
 *
 * @param directory - The folder, which the client has no say in.
 * @param path - Relative to it, with slashes.
 * @param request - The request that it answers, or its environ.
 * @param options - See {@link SendFileOptions}.
 * @throws NotFound if there is no such file, or it lies outside of the folder.
 */
export function sendFromDirectory(
  directory: string | URL,
  path: string,
  request: EnvironSource,
  options: SendFileOptions = {},
): Response {
  const folder = typeof directory === 'string' ? directory : fileURLToPath(directory)
  const joined = safeJoin(folder, path)
  if (joined === null || joined === undefined) throw new NotFound()
  const file = resolve(options.rootPath ?? '', joined)
  if (!isFile(file)) throw new NotFound()
  return sendFile(file, request, options)
}
