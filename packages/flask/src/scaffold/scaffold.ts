import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import { type BaseLoader, FileSystemLoader } from '@flask-ts/jinja'
import type { HTTPException, InternalServerError } from '@flask-ts/werkzeug/exceptions'
import { CommandGroup } from '../cli/group.ts'
import { NoStaticFolderError } from '../errors.ts'
import type {
  AfterRequest,
  BeforeRequest,
  ContextProcessor,
  ErrorHandler,
  Teardown,
  UrlDefaults,
  UrlValuePreprocessor,
  View,
} from '../view-types.ts'
import { type ErrorClass, ErrorHandlers } from './error-handlers.ts'
import { addHook, type HookTable, type HookTables } from './hooks.ts'
import { Routes } from './routes.ts'
import type { AnyView } from './view-endpoint.ts'

/** Where a program's file is: `import.meta`, or a name for a program without a file of its own. */
export type ImportSource = string | { readonly filename?: string; readonly dirname?: string }

/** What application and blueprint take alike. */
export interface ScaffoldOptions {
  /** Folder of static files, absolute or relative to the root path. `null` for none. */
  readonly staticFolder?: string | null | undefined
  /** URL prefix of the static files; the folder's name unless given. */
  readonly staticUrlPath?: string | null | undefined
  /** Folder of templates, absolute or relative to the root path. */
  readonly templateFolder?: string | null | undefined
  /** Folder that the others are relative to; that of the program's file unless given. */
  readonly rootPath?: string | undefined
}

function importNameOf(source: ImportSource): string {
  if (typeof source === 'string') return source
  if (source.filename === undefined) return 'app'
  const stem = basename(source.filename).replace(/\.[^.]+$/, '')
  return stem === 'index' ? basename(dirname(source.filename)) : stem
}

/** What application and blueprint have in common: routes, hooks, error handlers and folders. */
export abstract class Scaffold<Prefix extends string = ''> extends Routes<Prefix> implements HookTables {
  readonly importName: string
  readonly rootPath: string
  templateFolder: string | null
  #staticFolder: string | null
  #staticUrlPath: string | null
  #jinjaLoader: BaseLoader | null | undefined = undefined
  /** The commands that it brings to the `flask` command line. */
  readonly cli = new CommandGroup()

  readonly viewFunctions = new Map<string, AnyView>()
  readonly errorHandlers = new ErrorHandlers()
  readonly beforeRequestFuncs: HookTable<BeforeRequest> = new Map()
  readonly afterRequestFuncs: HookTable<AfterRequest> = new Map()
  readonly teardownRequestFuncs: HookTable<Teardown> = new Map()
  readonly urlValuePreprocessors: HookTable<UrlValuePreprocessor> = new Map()
  readonly urlDefaultFunctions: HookTable<UrlDefaults> = new Map()
  readonly templateContextProcessors: HookTable<ContextProcessor> = new Map()

  constructor(source: ImportSource, options: ScaffoldOptions) {
    super()
    this.importName = importNameOf(source)
    this.rootPath = resolve(
      options.rootPath ?? (typeof source === 'object' ? source.dirname : undefined) ?? '.',
    )
    this.#staticFolder = options.staticFolder ?? null
    this.#staticUrlPath = options.staticUrlPath ?? null
    this.templateFolder = options.templateFolder ?? null
  }

  /**
   * @param what - The method that was called.
   * @throws LateSetupError - if nothing may be set up any more.
   */
  protected abstract checkSetup(what: string): void

  /** How it is named in messages. */
  abstract get description(): string

  /** Absolute path of the folder of static files, or `null`. */
  get staticFolder(): string | null {
    if (this.#staticFolder === null) return null
    return isAbsolute(this.#staticFolder) ? this.#staticFolder : join(this.rootPath, this.#staticFolder)
  }

  set staticFolder(folder: string | null) {
    this.#staticFolder = folder === null ? null : folder.replace(/[/\\]+$/, '')
  }

  /** Finds its own templates: those of its folder, unless another loader is set; `null` without either. */
  get jinjaLoader(): BaseLoader | null {
    if (this.#jinjaLoader !== undefined) return this.#jinjaLoader
    if (this.templateFolder === null) return null
    this.#jinjaLoader = new FileSystemLoader(resolve(this.rootPath, this.templateFolder))
    return this.#jinjaLoader
  }

  set jinjaLoader(loader: BaseLoader | null) {
    this.#jinjaLoader = loader
  }

  /** Whether static files are served. */
  get hasStaticFolder(): boolean {
    return this.#staticFolder !== null
  }

  /** URL prefix of the static files, or `null`. */
  get staticUrlPath(): string | null {
    if (this.#staticUrlPath !== null) return this.#staticUrlPath
    const folder = this.staticFolder
    return folder === null ? null : `/${basename(folder)}`.replace(/\/+$/, '')
  }

  set staticUrlPath(path: string | null) {
    this.#staticUrlPath = path === null ? null : path.replace(/\/+$/, '')
  }

  /** Registers the view of an endpoint whose rule has none. */
  endpoint<V extends View<never>>(endpoint: string, view: V): V {
    this.checkSetup('endpoint')
    this.viewFunctions.set(endpoint, view as unknown as AnyView)
    return view
  }

  /** Registers a function to run before each request; what it returns, if anything, is the answer. */
  beforeRequest<F extends BeforeRequest>(hook: F): F {
    this.checkSetup('beforeRequest')
    addHook(this.beforeRequestFuncs, null, hook)
    return hook
  }

  /** Registers a function to run after each request, with the response, which it returns. */
  afterRequest<F extends AfterRequest>(hook: F): F {
    this.checkSetup('afterRequest')
    addHook(this.afterRequestFuncs, null, hook)
    return hook
  }

  /** Registers a function to run at the end of each request's context, whatever happened. */
  teardownRequest<F extends Teardown>(hook: F): F {
    this.checkSetup('teardownRequest')
    addHook(this.teardownRequestFuncs, null, hook)
    return hook
  }

  /** Registers a function that gives names to templates. */
  contextProcessor<F extends ContextProcessor>(processor: F): F {
    this.checkSetup('contextProcessor')
    addHook(this.templateContextProcessors, null, processor)
    return processor
  }

  /** Registers a function that sees, and may change, the values of a matched rule before all other hooks. */
  urlValuePreprocessor<F extends UrlValuePreprocessor>(hook: F): F {
    this.checkSetup('urlValuePreprocessor')
    addHook(this.urlValuePreprocessors, null, hook)
    return hook
  }

  /** Registers a function that fills in values when a URL is built. */
  urlDefaults<F extends UrlDefaults>(hook: F): F {
    this.checkSetup('urlDefaults')
    addHook(this.urlDefaultFunctions, null, hook)
    return hook
  }

  /**
   * Registers a function to answer in place of an error: by HTTP status code, or by class.
   *
   * @see https://flask.palletsprojects.com/errorhandling/
   */
  errorHandler<E>(type: ErrorClass<E>, handler: ErrorHandler<E>): ErrorHandler<E>
  errorHandler(code: 500, handler: ErrorHandler<InternalServerError>): ErrorHandler<InternalServerError>
  errorHandler(code: number, handler: ErrorHandler<HTTPException>): ErrorHandler<HTTPException>
  errorHandler(codeOrClass: number | ErrorClass, handler: ErrorHandler<never>): ErrorHandler<never> {
    this.registerErrorHandler(codeOrClass, handler)
    return handler
  }

  /** As `errorHandler`, for handlers that are made elsewhere. */
  registerErrorHandler(codeOrClass: number | ErrorClass, handler: ErrorHandler<never>): void {
    this.checkSetup('registerErrorHandler')
    this.errorHandlers.add(null, codeOrClass, handler)
  }

  /**
   * The text or bytes of a file below the root path.
   *
   * @param mode - `'r'` for text, `'rb'` for bytes.
   */
  openResource(resource: string, mode?: 'rb'): Buffer
  openResource(resource: string, mode: 'r', encoding?: BufferEncoding): string
  openResource(
    resource: string,
    mode: 'r' | 'rb' = 'rb',
    encoding: BufferEncoding = 'utf8',
  ): Buffer | string {
    const path = join(this.rootPath, resource)
    return mode === 'r' ? readFileSync(path, encoding) : readFileSync(path)
  }

  /** As `openResource`, without blocking. */
  async readResource(resource: string): Promise<Buffer> {
    return readFile(join(this.rootPath, resource))
  }

  /** The folder of static files, which must be there. */
  protected requireStaticFolder(): string {
    const folder = this.staticFolder
    if (folder === null) {
      throw new NoStaticFolderError(
        `'${this.importName}' has no static folder. Set 'staticFolder' to serve from it.`,
      )
    }
    return folder
  }
}
