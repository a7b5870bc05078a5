import { rewriteStack } from '../debug/stack.ts'
import { RuntimeError } from '../errors.ts'
import { isPlainObject } from '../python/kinds.ts'
import { quote } from '../python/print.ts'
import { PY_REPR, PY_TYPE } from '../python/protocol.ts'
import { collect } from '../runtime/blocks.ts'
import type { CompiledFactory, CompiledFunctions } from '../runtime/compiled-module.ts'
import {
  type BlockTable,
  Context,
  type ContextHost,
  makeBlockTable,
  type RenderFunction,
  type Variables,
} from '../runtime/context.ts'
import { RUNTIME } from '../runtime/runtime.ts'
import { makeModule, type RenderableTemplate, type TemplateModule } from '../runtime/templates.ts'
import { TemplateStream } from './template-stream.ts'

/** What a template is rendered with: names and values. */
export type RenderContext = Readonly<Record<string, unknown>> | ReadonlyMap<string, unknown>

/** What a template needs of its environment. */
export interface TemplateHost extends ContextHost {
  readonly globals: Variables
}

/** What a template is made of. */
export interface TemplateParts {
  readonly name: string | null
  readonly filename: string | null
  readonly factory: CompiledFactory
  /** Makes the functions that give output piece by piece; only called if somebody wants that. */
  readonly streamFactory: () => CompiledFactory
  readonly ownGlobals: Variables | null
  readonly upToDate: (() => boolean) | null
}

const noVariables: Variables = Object.freeze({})

function plainVariables(context: RenderContext | undefined): Variables {
  if (context === undefined) return noVariables
  if (isPlainObject(context)) return context
  if (context instanceof Map) return Object.fromEntries(context)
  // Own properties only: what a class gives its objects is no variable.
  return { ...(context as unknown as Readonly<Record<string, unknown>>) }
}

function blockTable(functions: CompiledFunctions): BlockTable {
  const table = makeBlockTable()
  for (const [name, fn] of Object.entries(functions.blocks)) table[name] = [fn]
  return Object.freeze(table)
}

/** A compiled template that can be rendered; environments make them. */
export class Template implements RenderableTemplate {
  readonly environment: TemplateHost
  readonly name: string | null
  readonly filename: string | null
  readonly root: RenderFunction
  readonly blocks: BlockTable
  ownGlobals: Variables | null
  readonly #upToDate: (() => boolean) | null
  readonly #streamFactory: () => CompiledFactory
  #streaming: { root: RenderFunction; blocks: BlockTable } | null = null
  #module: TemplateModule | Promise<TemplateModule> | null = null

  constructor(environment: TemplateHost, parts: TemplateParts) {
    this.environment = environment
    this.name = parts.name
    this.filename = parts.filename
    this.ownGlobals = parts.ownGlobals
    this.#upToDate = parts.upToDate
    this.#streamFactory = parts.streamFactory
    const functions = parts.factory(RUNTIME, environment)
    this.root = functions.root
    this.blocks = blockTable(functions)
  }

  get #stream(): { root: RenderFunction; blocks: BlockTable } {
    if (this.#streaming === null) {
      const functions = this.#streamFactory()(RUNTIME, this.environment)
      this.#streaming = { root: functions.root, blocks: blockTable(functions) }
    }
    return this.#streaming
  }

  get streamRoot(): RenderFunction {
    return this.#stream.root
  }

  get streamBlocks(): BlockTable {
    return this.#stream.blocks
  }

  /** Whether the source has not changed since; true if nobody can tell. */
  get isUpToDate(): boolean {
    return this.#upToDate === null || this.#upToDate()
  }

  /** The variables that templates have beside those that are given: its own globals before the environment's. */
  get globals(): Variables {
    return { ...this.environment.globals, ...this.ownGlobals }
  }

  newContext(vars: Variables, streaming = false): Context {
    const { environment, ownGlobals } = this
    return new Context({
      environment,
      name: this.name,
      blocks: streaming ? this.streamBlocks : this.blocks,
      locals: vars,
      layers: ownGlobals === null ? [environment.globals] : [ownGlobals, environment.globals],
      ownGlobals,
    })
  }

  /**
   * Renders to text.
   *
   * @param context The variables by name.
   * @throws RuntimeError in an asynchronous environment, where only {@link renderAsync} can wait.
   */
  render(context?: RenderContext): string {
    this.#requireMode(false, 'render', 'renderAsync')
    const rendering = this.newContext(plainVariables(context))
    try {
      return collect(rendering, this.root(rendering)) as string
    } catch (error) {
      throw rewriteStack(error)
    }
  }

  /** Renders to text in an asynchronous environment. */
  async renderAsync(context?: RenderContext): Promise<string> {
    this.#requireMode(true, 'renderAsync', 'render')
    const rendering = this.newContext(plainVariables(context))
    try {
      return (await collect(rendering, this.root(rendering))) as string
    } catch (error) {
      throw rewriteStack(error)
    }
  }

  /** Renders piece by piece. */
  *generate(context?: RenderContext): Generator<string> {
    this.#requireMode(false, 'generate', 'generateAsync')
    try {
      yield* this.streamRoot(this.newContext(plainVariables(context), true)) as Iterable<string>
    } catch (error) {
      throw rewriteStack(error)
    }
  }

  /** Renders piece by piece in an asynchronous environment. */
  async *generateAsync(context?: RenderContext): AsyncGenerator<string> {
    this.#requireMode(true, 'generateAsync', 'generate')
    try {
      yield* this.streamRoot(this.newContext(plainVariables(context), true)) as AsyncIterable<string>
    } catch (error) {
      throw rewriteStack(error)
    }
  }

  /** Like {@link generate}, with pieces that can be joined and written. */
  stream(context?: RenderContext): TemplateStream {
    return new TemplateStream(this.generate(context))
  }

  /**
   * The template as a module, made anew: what it exports, such as its macros, and its output.
   *
   * @param context Variables that it sees.
   */
  makeModule(context?: RenderContext): TemplateModule {
    this.#requireMode(false, 'makeModule', 'makeModuleAsync')
    return makeModule(this, this.newContext(plainVariables(context))) as TemplateModule
  }

  /** Like {@link makeModule} in an asynchronous environment. */
  async makeModuleAsync(context?: RenderContext): Promise<TemplateModule> {
    return makeModule(this, this.newContext(plainVariables(context)))
  }

  defaultModule(): TemplateModule | Promise<TemplateModule> {
    this.#module ??= makeModule(this, this.newContext(noVariables))
    return this.#module
  }

  /** The template as a module without variables, made once. */
  get module(): TemplateModule {
    this.#requireMode(false, 'module', 'makeModuleAsync')
    return this.defaultModule() as TemplateModule
  }

  #requireMode(isAsync: boolean, used: string, other: string): void {
    if (this.environment.isAsync === isAsync) return
    const mode = isAsync ? 'synchronous' : 'asynchronous'
    throw new RuntimeError(`${used} is not available in ${mode} environments: use ${other}`)
  }

  [PY_REPR](): string {
    return `<Template ${this.name === null ? 'memory' : quote(this.name)}>`
  }

  get [PY_TYPE](): string {
    return 'jinja2.environment.Template'
  }
}
