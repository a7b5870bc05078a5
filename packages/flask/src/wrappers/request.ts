import { type GetJsonOptions, RequestDict, Request as WerkzeugRequest } from '@flask-ts/werkzeug'
import type { FileStorage } from '@flask-ts/werkzeug/datastructures'
import { BadRequest } from '@flask-ts/werkzeug/exceptions'
import type { Rule } from '@flask-ts/werkzeug/routing'
import { blueprintOf, blueprintPath } from '../blueprint-names.ts'
import { DebugFilesKeyError } from '../debug-helpers.ts'
import type { JsonValue } from '../json/json-value.ts'
import { FlaskRule } from '../routing/flask-rule.ts'

/** What a request gets from its application. */
export interface RequestSettings {
  readonly debug: boolean
  readonly config: {
    readonly MAX_CONTENT_LENGTH: number | null
    readonly MAX_FORM_MEMORY_SIZE: number | null
    readonly MAX_FORM_PARTS: number | null
    readonly TRUSTED_HOSTS: readonly string[] | null
  }
  readonly json: { loads(source: string | Uint8Array): unknown }
}

/** No files, with an explanation of why a name is not among them. */
class ExplainedFiles extends RequestDict<FileStorage> {
  readonly #request: Request

  constructor(request: Request) {
    super()
    this.#request = request
  }

  protected override missingKey(key: string): Error {
    return this.#request.form.has(key) ? new DebugFilesKeyError(this.#request, key) : super.missingKey(key)
  }
}

/**
 * The request that views see: Werkzeug's, with what routing found.
 *
 * @see https://flask.palletsprojects.com/api/#flask.Request
 */
export class Request extends WerkzeugRequest {
  /** The rule that matched; `null` if none did. */
  urlRule: Rule | null = null
  /** The values of the rule's variables. */
  viewArgs: Record<string, unknown> | null = null
  /** What matching ended with, if not with a rule; thrown when the view is to be called. */
  routingException: Error | null = null
  #settings: RequestSettings | null = null

  /** Takes limits, trusted hosts and JSON from the application, except what a subclass has set itself. */
  configure(settings: RequestSettings): void {
    const { config } = settings
    this.#settings = settings
    this.maxContentLength ??= config.MAX_CONTENT_LENGTH
    this.maxFormMemorySize = config.MAX_FORM_MEMORY_SIZE
    this.maxFormParts = config.MAX_FORM_PARTS
    if (config.TRUSTED_HOSTS !== null) this.trustedHosts = config.TRUSTED_HOSTS
  }

  /**
   * The body as JSON.
   *
   * @throws UnsupportedMediaType (415) if the content type does not say JSON.
   * @throws BadRequest (400) if it is not JSON.
   */
  override get json(): JsonValue {
    return super.json as JsonValue
  }

  /**
   * Reads the body as JSON; the type is what the caller expects, and is not checked.
   *
   * @param options - `force` ignores the content type; `silent` gives `undefined` for what is not JSON.
   */
  override getJson<T = JsonValue>(options?: GetJsonOptions): T {
    return super.getJson(options) as T
  }

  override get jsonModule(): RequestSettings['json'] {
    return this.#settings?.json ?? super.jsonModule
  }

  /** The form's files. In debug mode, a file that came as a text field is explained. */
  override get files(): RequestDict<FileStorage> {
    const files = super.files
    const plain =
      this.#settings?.debug === true && this.mimetype !== 'multipart/form-data' && files.size === 0
    return plain ? new ExplainedFiles(this) : files
  }

  /** The endpoint that matched; `null` if none did. */
  get endpoint(): string | null {
    return this.urlRule === null ? null : this.urlRule.endpoint
  }

  /** The blueprint of the matched endpoint, by its full name. */
  get blueprint(): string | null {
    const rule = this.urlRule
    if (rule === null) return null
    return rule instanceof FlaskRule ? rule.blueprint : blueprintOf(rule.endpoint)
  }

  /** That blueprint and those around it, innermost first. */
  get blueprints(): string[] {
    return blueprintPath(this.blueprint)
  }

  /** What the value of broken JSON is: a 400, whose page tells more in debug mode only. */
  override onJsonLoadingFailed(error: Error | undefined): unknown {
    try {
      return super.onJsonLoadingFailed(error)
    } catch (failure) {
      if (!(failure instanceof BadRequest) || this.#settings?.debug === true) throw failure
      throw Object.assign(new BadRequest(), { cause: failure })
    }
  }
}
