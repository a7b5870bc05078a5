import type { Environ } from '@flask-ts/wsgi'
import { type FileContent, MemoryContent } from '../datastructures/file-content.ts'
import type { FileStorage } from '../datastructures/file-storage.ts'
import { ClientDisconnected, RequestEntityTooLarge } from '../exceptions/client-errors.ts'
import { parseOptionsHeader } from '../http/options.ts'
import { parseQueryString } from '../urls/query-string.ts'
import { FormParseError } from './errors.ts'
import { defaultStreamFactory, type StreamFactory } from './file-target.ts'
import { parseMultipart } from './multipart-parser.ts'
import { RequestDict } from './request-dict.ts'

/** How forms are read. Sizes are bytes; `null` is no limit. */
export interface FormParserOptions {
  /** In memory up to 500 kB and in a temporary file above, unless given. */
  readonly streamFactory?: StreamFactory | undefined
  /** Of one text field, and of an urlencoded body. */
  readonly maxFormMemorySize?: number | null | undefined
  /** Of the whole body. */
  readonly maxContentLength?: number | null | undefined
  /** How many parts a multipart body may have. */
  readonly maxFormParts?: number | null | undefined
  /** Whether a malformed body gives an empty form; else it throws. */
  readonly silent?: boolean | undefined
}

/** A form's fields and files. */
export interface ParsedForm {
  readonly form: RequestDict
  readonly files: RequestDict<FileStorage>
}

/**
 * Reads forms, urlencoded and multipart.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/http/#module-werkzeug.formparser
 */
export class FormDataParser {
  readonly streamFactory: StreamFactory
  readonly maxFormMemorySize: number | null
  readonly maxContentLength: number | null
  readonly maxFormParts: number | null
  readonly silent: boolean

  constructor(options: FormParserOptions = {}) {
    this.streamFactory = options.streamFactory ?? defaultStreamFactory
    this.maxFormMemorySize = options.maxFormMemorySize ?? null
    this.maxContentLength = options.maxContentLength ?? null
    this.maxFormParts = options.maxFormParts ?? null
    this.silent = options.silent ?? true
  }

  /**
   * Reads the body of a request as a form.
   *
   * @throws RequestEntityTooLarge Where a limit is passed.
   */
  async parseFromEnviron(environ: Environ): Promise<ParsedForm> {
    const { length } = environ.body
    const limit = this.maxContentLength
    if (limit !== null && length !== undefined && length > limit) throw new RequestEntityTooLarge()
    const bytes = environ.body.bytes ?? (await readBody(environ, limit))
    if (bytes === undefined) throw new RequestEntityTooLarge()
    const [mimetype, parameters] = parseOptionsHeader(environ.headers.get('content-type'))
    return this.parse(new MemoryContent(bytes), mimetype, length, parameters)
  }

  /**
   * Reads a form. A body of another type gives an empty one.
   *
   * @param body - The whole body.
   * @param mimetype - In lower case, without parameters.
   * @param contentLength - As announced, in bytes; `undefined` if it was not.
   * @param parameters - The content type's parameters, such as `boundary`.
   * @throws RequestEntityTooLarge Where a limit is passed.
   * @throws FormParseError Where the body is malformed and the parser is not silent.
   */
  parse(
    body: FileContent,
    mimetype: string,
    contentLength: number | undefined,
    parameters: Readonly<Record<string, string>> = {},
  ): ParsedForm {
    try {
      if (mimetype === 'multipart/form-data') return this.#parseMultipart(body, contentLength, parameters)
      if (mimetype === 'application/x-www-form-urlencoded') return this.#parseUrlencoded(body)
    } catch (error) {
      if (!(error instanceof FormParseError) || !this.silent) throw error
    }
    return emptyForm()
  }

  #parseMultipart(
    body: FileContent,
    contentLength: number | undefined,
    parameters: Readonly<Record<string, string>>,
  ): ParsedForm {
    const boundary = parameters.boundary ?? ''
    if (boundary === '' || /[^\x00-\x7f]/.test(boundary)) {
      throw new FormParseError(`the multipart boundary ${JSON.stringify(boundary)} is missing or not ASCII`)
    }
    const { fields, files } = parseMultipart(body, boundary, {
      streamFactory: this.streamFactory,
      maxFormMemorySize: this.maxFormMemorySize,
      maxFormParts: this.maxFormParts,
      contentLength,
    })
    return { form: new RequestDict(fields), files: new RequestDict(files) }
  }

  #parseUrlencoded(body: FileContent): ParsedForm {
    if (this.maxFormMemorySize !== null && body.size > this.maxFormMemorySize)
      throw new RequestEntityTooLarge()
    let text: string
    try {
      text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body.readAt(0, body.size))
    } catch (error) {
      throw new FormParseError('the urlencoded form is not UTF-8', { cause: error })
    }
    return { form: new RequestDict(parseQueryString(text)), files: new RequestDict<FileStorage>() }
  }
}

/** No fields and no files. */
export function emptyForm(): ParsedForm {
  return { form: new RequestDict(), files: new RequestDict<FileStorage>() }
}

async function readBody(environ: Environ, limit: number | null): Promise<Uint8Array | undefined> {
  try {
    return await environ.body.read(limit ?? undefined)
  } catch (error) {
    throw Object.assign(new ClientDisconnected(), { cause: error })
  }
}

/**
 * Reads the form in the body of a request.
 *
 * @param environ - The request. Its body must not have been read.
 * @param options - See {@link FormParserOptions}.
 * @throws RequestEntityTooLarge Where a limit is passed.
 */
export function parseFormData(environ: Environ, options?: FormParserOptions): Promise<ParsedForm> {
  return new FormDataParser(options).parseFromEnviron(environ)
}
