import type { CompilerHost } from '../compiler/compilation.ts'
import { type CompiledSource, compileTree } from '../compiler/compile.ts'
import { TemplateRuntimeError, TemplateSyntaxError } from '../errors.ts'
import type { Extension, ExtensionClass, ExtensionHost } from '../extensions/extension.ts'
import { extensionNamed } from '../extensions/registry.ts'
import type { FilterContext, FilterEnvironment } from '../filters/host.ts'
import { FILTERS } from '../filters/registry.ts'
import type { BaseLoader } from '../loaders/loader.ts'
import { DEFAULT_POLICIES, type Policies, type SyntaxOptions, syntaxOptions } from '../options.ts'
import { type Callable, callFunction } from '../python/call.ts'
import { print, repr } from '../python/print.ts'
import { passedArgument } from '../python/signature.ts'
import type { Variables } from '../runtime/context.ts'
import { EvalContext } from '../runtime/eval-context.ts'
import { getAttribute, getItem } from '../runtime/lookup.ts'
import { Lexer } from '../syntax/lexer.ts'
import type { Template as Tree } from '../syntax/nodes.ts'
import { Parser, type TagParser } from '../syntax/parser.ts'
import { TokenStream } from '../syntax/token-stream.ts'
import type { RawToken } from '../syntax/tokens.ts'
import { TESTS } from '../tests/registry.ts'
import { Undefined, type UndefinedClass } from '../undefined/undefined.ts'
import { DEFAULT_GLOBALS } from './globals.ts'
import { type EnvironmentOptions, sortedExtensions } from './options.ts'
import type { TemplateHost } from './template.ts'

const noOperators: ReadonlySet<string> = new Set()

/** Everything of an environment up to compiled source: what it holds, and how templates are parsed and compiled. */
export abstract class BaseEnvironment
  implements CompilerHost, FilterEnvironment, TemplateHost, ExtensionHost
{
  readonly sandboxed: boolean = false
  readonly nativeTypes: boolean = false
  readonly interceptedBinops: ReadonlySet<string> = noOperators
  readonly interceptedUnops: ReadonlySet<string> = noOperators
  readonly optimized: boolean
  readonly isAsync: boolean
  readonly filters: Record<string, unknown> = { ...FILTERS }
  readonly tests: Record<string, unknown> = { ...TESTS }
  readonly globals: Variables = { ...DEFAULT_GLOBALS }
  readonly policies: Policies = { ...DEFAULT_POLICIES }
  readonly extensions = new Map<string, Extension>()
  undefined: UndefinedClass
  finalize: EnvironmentOptions['finalize']
  autoescape: boolean | ((name: string | null) => boolean)
  loader: BaseLoader | null
  autoReload: boolean
  alternateName: ((name: string) => string | null) | null
  readonly #options: EnvironmentOptions
  #syntax: SyntaxOptions
  #lexer: Lexer | null = null

  constructor(options: EnvironmentOptions = {}) {
    this.#options = options
    this.#syntax = syntaxOptions(options)
    this.optimized = options.optimized ?? true
    this.isAsync = options.enableAsync ?? false
    this.undefined = options.undefined ?? Undefined
    this.finalize = options.finalize ?? null
    this.autoescape = options.autoescape ?? false
    this.loader = options.loader ?? null
    this.autoReload = options.autoReload ?? true
    this.alternateName = options.alternateName ?? null
    for (const extension of options.extensions ?? []) this.addExtension(extension)
  }

  /** The delimiters and white space rules. */
  get syntax(): SyntaxOptions {
    return this.#syntax
  }

  /** Changes delimiters or white space rules, for templates that are compiled from now on. */
  changeSyntax(changes: Partial<SyntaxOptions>): void {
    this.#syntax = syntaxOptions(changes, this.#syntax)
    this.#lexer = null
  }

  get newlineSequence(): string {
    return this.#syntax.newlineSequence
  }

  get #lexing(): Lexer {
    this.#lexer ??= new Lexer(this.#syntax)
    return this.#lexer
  }

  /** Adds an extension. */
  addExtension(extension: ExtensionClass | string): void {
    const extensionClass = typeof extension === 'string' ? extensionNamed(extension) : extension
    this.extensions.set(extensionClass.identifier, new extensionClass(this))
  }

  extend(attributes: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(attributes)) {
      if (!(name in this)) Object.assign(this, { [name]: value })
    }
  }

  /**
   * An environment that differs in some options and shares all else: filters, tests, globals, policies.
   *
   * It has a cache of its own, and this environment's extensions beside those in the options.
   */
  overlay(options: EnvironmentOptions = {}): this {
    const { extensions = [], ...others } = options
    const base = { ...this.#options, ...this.#syntax, ...this.#current(), ...others, extensions: [] }
    const result = new (this.constructor as new (options: EnvironmentOptions) => this)(base)
    const { filters, tests, globals, policies } = this
    Object.assign(result, { filters, tests, globals, policies })
    for (const [identifier, extension] of this.extensions) {
      result.extensions.set(identifier, extension.bind(result))
    }
    // What extensions put on this environment is there in the overlay too.
    result.extend({ ...(this as unknown as Readonly<Record<string, unknown>>) })
    for (const extension of extensions) result.addExtension(extension)
    return result
  }

  #current(): EnvironmentOptions {
    const { undefined: undefinedClass, finalize, autoescape, loader, autoReload, alternateName } = this
    return { undefined: undefinedClass, finalize, autoescape, loader, autoReload, alternateName }
  }

  /** Joins pieces of output. */
  concat(values: Iterable<unknown>): unknown {
    let result = ''
    for (const value of values) result += value as string
    return result
  }

  // What templates do with values; sandboxes restrict it.

  getAttr(obj: unknown, name: string): unknown {
    return getAttribute(this, obj, name)
  }

  getItem(obj: unknown, key: unknown): unknown {
    return getItem(this, obj, key)
  }

  /** Whether templates may call a value; only asked in a sandbox. */
  isSafeCallable(_value: unknown): boolean {
    return true
  }

  callFilter(name: string, value: unknown, args: readonly unknown[] = [], context?: FilterContext): unknown {
    return this.#callNamed('filter', name, [value, ...args], context)
  }

  callTest(name: string, value: unknown, args: readonly unknown[] = [], context?: FilterContext): unknown {
    return this.#callNamed('test', name, [value, ...args], context)
  }

  #callNamed(kind: 'filter' | 'test', name: unknown, args: unknown[], context?: FilterContext): unknown {
    const table = kind === 'filter' ? this.filters : this.tests
    const key = print(name)
    const fn = Object.hasOwn(table, key) ? table[key] : undefined
    if (typeof fn !== 'function') {
      const hint =
        name instanceof Undefined
          ? ` (${name.undefinedMessage}; did you forget to quote the callable name?)`
          : ''
      throw new TemplateRuntimeError(`No ${kind} named ${repr(name)}.${hint}`)
    }
    const passed = passedArgument(fn)
    if (passed === 'context' && context === undefined) {
      throw new TemplateRuntimeError(`Attempted to invoke a context ${kind} without context.`)
    }
    if (passed === 'context') args.unshift(context)
    if (passed === 'evalContext')
      args.unshift(context?.evalCtx ?? new EvalContext(this, this.autoescapes(null)))
    if (passed === 'environment') args.unshift(this)
    const result = callFunction(fn as Callable, undefined, args)
    return result === undefined ? null : result
  }

  // From source to templates

  /** Whether the output of a template is escaped, by its name. */
  autoescapes(name: string | null): boolean {
    return typeof this.autoescape === 'function' ? this.autoescape(name) : this.autoescape
  }

  /** The source after all extensions have worked on it. */
  preprocess(source: string, name: string | null = null, filename: string | null = null): string {
    return sortedExtensions(this.extensions).reduce(
      (text, extension) => extension.preprocess(text, name, filename),
      source,
    )
  }

  /** All pieces of a source as `[line, type, text]`, without the work of extensions. */
  lex(source: string, name: string | null = null, filename: string | null = null): Generator<RawToken> {
    return this.#lexing.tokenIterator(source, name, filename)
  }

  /** A parser for a source; `state` `'variable'` starts inside an expression. */
  parser(
    source: string,
    name: string | null = null,
    filename: string | null = null,
    state: 'variable' | null = null,
  ): Parser {
    const extensions = sortedExtensions(this.extensions)
    let stream = this.#lexing.tokenize(this.preprocess(source, name, filename), name, filename, state)
    const tags = new Map<string, TagParser>()
    for (const extension of extensions) {
      const filtered = extension.filterStream(stream)
      stream = filtered instanceof TokenStream ? filtered : new TokenStream(filtered, name, filename)
      for (const tag of extension.tags) tags.set(tag, (parser) => extension.parse(parser))
    }
    return new Parser(stream, tags)
  }

  /**
   * The syntax tree of a source.
   *
   * @throws TemplateSyntaxError
   */
  parse(source: string, name: string | null = null, filename: string | null = null): Tree {
    return this.checked(source, name, filename, () => this.parser(source, name, filename).parse())
  }

  /** Runs a step of the way from source to code; its errors are those of the template. */
  protected checked<T>(source: string, name: string | null, filename: string | null, work: () => T): T {
    try {
      return work()
    } catch (error) {
      if (error instanceof TemplateSyntaxError) error.source = source
      // The stack is full: a chain of operators or tags that is too long for the compiler.
      if (error instanceof RangeError) {
        throw new TemplateSyntaxError('the template is nested too deeply', 1, name, filename)
      }
      throw error
    }
  }

  /**
   * The JavaScript of a template.
   *
   * @param streaming Whether its functions give output piece by piece.
   * @throws TemplateSyntaxError
   */
  compile(
    source: string | Tree,
    name: string | null = null,
    filename: string | null = null,
    streaming = false,
  ): CompiledSource {
    const text = typeof source === 'string' ? source : ''
    return this.checked(text, name, filename, () => {
      const tree = typeof source === 'string' ? this.parser(source, name, filename).parse() : source
      return compileTree(this, tree, { name, filename, autoescape: this.autoescapes(name), streaming })
    })
  }
}
