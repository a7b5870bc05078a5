import { CombinedMultiDict } from '../datastructures/combined-multi-dict.ts'
import { type FileContent, MemoryContent } from '../datastructures/file-content.ts'
import type { FileStorage } from '../datastructures/file-storage.ts'
import { BadRequest, RequestEntityTooLarge, UnsupportedMediaType } from '../exceptions/client-errors.ts'
import { defaultStreamFactory, type FileInfo, type FileTarget } from '../forms/file-target.ts'
import { emptyForm, FormDataParser, type ParsedForm } from '../forms/form-parser.ts'
import type { RequestDict } from '../forms/request-dict.ts'
import { type JsonModule, plainJson } from '../message/json-module.ts'
import { BodyNotLoadedError, ShallowRequestError } from './errors.ts'
import { receiveBody } from './loaded-body.ts'
import { RequestFields } from './request-fields.ts'
import { RequestStream } from './request-stream.ts'

/** How a body is read. */
export interface GetDataOptions {
  /** Keep it for the next time: `true` unless told. */
  readonly cache?: boolean
  /** Decode it as UTF-8. */
  readonly asText?: boolean
  /** Read a form first: its body counts as read then, and is empty. */
  readonly parseFormData?: boolean
}

/** How JSON is read. */
export interface GetJsonOptions {
  /** Whatever the content type says. */
  readonly force?: boolean
  /** `undefined` for what is not JSON, in place of an error. */
  readonly silent?: boolean
  /** Keep it for the next time: `true` unless told. */
  readonly cache?: boolean
}

const empty = Buffer.alloc(0)
const formTypes = new Set(['multipart/form-data', 'application/x-www-form-urlencoded'])

/**
 * The body of a request: as bytes, text, JSON, form and files. It is read ahead with `loadBody`; from then on all of
 * this is at hand.
 */
export class RequestWithBody extends RequestFields {
  /** Size in bytes that the body may have; `null` is no limit. A larger one is a 413 when it is touched. */
  maxContentLength: number | null = null
  /** Size in bytes that a form may take in memory; `null` is no limit. */
  maxFormMemorySize: number | null = 500_000
  /** How many parts a multipart form may have; `null` is no limit. */
  maxFormParts: number | null = 1000
  /** Whether the body is left alone, for the application behind. */
  shallow = false
  #content: FileContent | undefined = undefined
  #failure: Error | undefined = undefined
  #consumed = false
  #cachedData: Buffer | undefined = undefined
  #form: ParsedForm | undefined = undefined
  #json: { value: unknown } | undefined = undefined
  #silentJson: { value: unknown } | undefined = undefined

  /**
   * Reads the body ahead, so that the other attributes need not wait.
   *
   * A body that is announced as too large is not read at all. What goes wrong is told when the body is touched.
   *
   * @returns A promise, or `undefined` where there is nothing to wait for.
   */
  loadBody(): undefined | Promise<void> {
    const { body } = this.environ
    if (body.bytes !== undefined || this.#content !== undefined || this.#consumed || this.shallow)
      return undefined
    const limit = this.maxContentLength
    if (limit !== null && body.length !== undefined && body.length > limit) return undefined
    return this.#receive(limit)
  }

  async #receive(limit: number | null): Promise<void> {
    try {
      this.#content = await receiveBody(this.environ.body, limit)
    } catch (error) {
      // The view runs all the same, and hears of it when it touches the body.
      this.#failure = error as Error
    }
  }

  /** The body, if it is there and not too large. */
  #source(attribute: string): FileContent {
    if (this.shallow) throw new ShallowRequestError()
    if (this.#failure !== undefined) throw this.#failure
    const { body } = this.environ
    const limit = this.maxContentLength
    if (limit !== null && (body.length ?? 0) > limit) throw new RequestEntityTooLarge()
    if (this.#content === undefined) {
      if (body.bytes === undefined) throw new BodyNotLoadedError(attribute)
      this.#content = new MemoryContent(body.bytes)
    }
    if (limit !== null && this.#content.size > limit) throw new RequestEntityTooLarge()
    return this.#content
  }

  /**
   * The body piece by piece, as it arrives. It can be read once, and then counts as read.
   *
   * @throws RequestEntityTooLarge if it is announced as too large.
   */
  get stream(): RequestStream {
    if (this.shallow) throw new ShallowRequestError()
    const { body } = this.environ
    const limit = this.maxContentLength
    if (limit !== null && (body.length ?? 0) > limit) throw new RequestEntityTooLarge()
    const there = this.#content !== undefined || body.bytes !== undefined || this.#failure !== undefined
    const wasConsumed = this.#consumed
    this.#consumed = true
    if (!there && !wasConsumed) return new RequestStream(body, limit)
    const content = wasConsumed ? new MemoryContent(empty) : this.#source('stream')
    return new RequestStream(piecesOf(content), limit)
  }

  /** The body as bytes; empty for a form. */
  get data(): Buffer {
    return this.getData({ parseFormData: true })
  }

  /**
   * The body.
   *
   * @param options - See {@link GetDataOptions}.
   * @throws RequestEntityTooLarge if it is too large.
   * @throws ClientDisconnected if it did not arrive whole.
   */
  getData(options?: GetDataOptions & { readonly asText?: false }): Buffer
  getData(options: GetDataOptions & { readonly asText: true }): string
  getData(options: GetDataOptions = {}): Buffer | string {
    const bytes = this.#cachedData ?? this.#readData(options)
    return options.asText === true ? bytes.toString('utf8') : bytes
  }

  #readData(options: GetDataOptions): Buffer {
    if (options.parseFormData === true) this.#loadForm()
    let bytes: Buffer = empty
    if (!this.#consumed) {
      const content = this.#source('data')
      const whole = content.readAt(0, content.size)
      bytes = Buffer.from(whole.buffer, whole.byteOffset, whole.byteLength)
    }
    this.#consumed = true
    if (options.cache !== false) this.#cachedData = bytes
    return bytes
  }

  /** Whether a form is looked for in the body: if there is a content type. */
  get wantFormDataParsed(): boolean {
    return Boolean(this.contentType)
  }

  /** What an uploaded file is written to while the form is read. */
  getFileStream(info: FileInfo): FileTarget {
    return defaultStreamFactory(info)
  }

  /** The parser of the form, with this request's limits. */
  makeFormDataParser(): FormDataParser {
    return new FormDataParser({
      streamFactory: (info) => this.getFileStream(info),
      maxFormMemorySize: this.maxFormMemorySize,
      maxContentLength: this.maxContentLength,
      maxFormParts: this.maxFormParts,
    })
  }

  #loadForm(): ParsedForm {
    this.#form ??= this.wantFormDataParsed ? this.#parseForm() : emptyForm()
    return this.#form
  }

  #parseForm(): ParsedForm {
    const cached = this.#consumed ? (this.#cachedData ?? empty) : undefined
    const content = cached === undefined ? this.#source('form') : new MemoryContent(cached)
    const { mimetype } = this
    if (formTypes.has(mimetype)) this.#consumed = true
    return this.makeFormDataParser().parse(content, mimetype, this.contentLength, this.mimetypeParams)
  }

  /** The form's text fields. */
  get form(): RequestDict {
    return this.#loadForm().form
  }

  /** The form's files. */
  get files(): RequestDict<FileStorage> {
    return this.#loadForm().files
  }

  /** The query's parameters and, unless the method is GET, the form's fields. */
  get values(): CombinedMultiDict {
    return new CombinedMultiDict(this.method === 'GET' ? [this.args] : [this.args, this.form])
  }

  /** Reads and writes JSON: a subclass may bring its own. */
  get jsonModule(): JsonModule {
    return plainJson
  }

  /**
   * The body as JSON.
   *
   * @throws UnsupportedMediaType if the content type does not say JSON.
   * @throws BadRequest if it is not JSON.
   */
  get json(): unknown {
    return this.getJson()
  }

  /**
   * Reads the body as JSON.
   *
   * @param options - See {@link GetJsonOptions}.
   * @throws UnsupportedMediaType if the content type does not say JSON.
   * @throws BadRequest if it is not JSON.
   */
  getJson(options: GetJsonOptions = {}): unknown {
    const silent = options.silent === true
    const cache = options.cache !== false
    const known = silent ? this.#silentJson : this.#json
    if (cache && known !== undefined) return known.value
    if (options.force !== true && !this.isJson)
      return silent ? undefined : this.onJsonLoadingFailed(undefined)
    const bytes = this.getData({ cache })
    let result: { value: unknown }
    try {
      result = { value: this.jsonModule.loads(bytes) }
    } catch (error) {
      result = { value: silent ? undefined : this.onJsonLoadingFailed(error as Error) }
      if (cache && silent) this.#silentJson = result
      else if (cache) this.#json = result
      return result.value
    }
    if (cache) {
      this.#json = result
      this.#silentJson = result
    }
    return result.value
  }

  /**
   * Called when the body cannot be read as JSON. What it returns is taken in its place.
   *
   * @param error - What went wrong, or `undefined` if the content type does not say JSON.
   */
  onJsonLoadingFailed(error: Error | undefined): unknown {
    if (error !== undefined) {
      throw Object.assign(new BadRequest(`Failed to decode JSON object: ${error.message}`), { cause: error })
    }
    throw new UnsupportedMediaType(
      "Did not attempt to load JSON data because the request Content-Type was not 'application/json'.",
    )
  }

  /** Closes the form's files, which removes temporary ones. */
  close(): void {
    for (const file of this.#form?.files.items({ multi: true }) ?? []) file[1].close()
    this.#content?.close()
  }

  [Symbol.dispose](): void {
    this.close()
  }
}

async function* piecesOf(content: FileContent, size = 65536): AsyncGenerator<Uint8Array> {
  for (let position = 0; position < content.size; position += size) yield content.readAt(position, size)
}
