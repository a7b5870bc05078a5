import { TemplateNotFound, TemplateRuntimeError } from '../errors.ts'
import { quote, repr } from '../python/print.ts'
import { MISSING, PY_REPR, PY_STR, PY_TYPE } from '../python/protocol.ts'
import type { UndefinedClass } from '../undefined/undefined.ts'
import { extendBlocks } from './blocks.ts'
import { type BlockTable, Context, type ContextHost, type RenderFunction, type Variables } from './context.ts'
import { TEMPLATE_ATTRIBUTE } from './lookup.ts'
import { isPromise } from './promise.ts'

/** A template as the compiled code of others sees it. */
export interface RenderableTemplate {
  readonly name: string | null
  /** The globals that only this template has. */
  readonly ownGlobals: Variables | null
  readonly blocks: BlockTable
  readonly root: RenderFunction
  readonly streamBlocks: BlockTable
  readonly streamRoot: RenderFunction
  /** A context for rendering with the given variables before the globals. */
  newContext(vars: Variables): Context
  /** The template as a module, made once; a promise in an asynchronous environment. */
  defaultModule(): TemplateModule | Promise<TemplateModule>
}

/** An environment as far as compiled code asks it for templates. */
export interface TemplateSource {
  getTemplate(name: unknown, parent: string | null): RenderableTemplate
  selectTemplate(names: unknown, parent: string | null): RenderableTemplate
  getOrSelectTemplate(nameOrNames: unknown, parent: string | null): RenderableTemplate
}

/** What a template exports, and what it printed: the value of `{% import %}`. */
export class TemplateModule {
  readonly name: string | null
  readonly exported: Variables
  /** The output, or its parts in an environment of native types. */
  readonly body: unknown

  constructor(name: string | null, exported: Variables, body: unknown) {
    this.name = name
    this.exported = exported
    this.body = body
  }

  [TEMPLATE_ATTRIBUTE](name: string): unknown {
    const value =
      name in Object.prototype && !Object.hasOwn(this.exported, name) ? undefined : this.exported[name]
    return value === undefined ? MISSING : value
  }

  toString(): string {
    return typeof this.body === 'string' ? this.body : (this.body as readonly unknown[]).join('')
  }

  __html__(): string {
    return this.toString()
  }

  [PY_STR](): string {
    return this.toString()
  }

  [PY_REPR](): string {
    return `<TemplateModule ${this.name === null ? 'memory' : quote(this.name)}>`
  }

  get [PY_TYPE](): string {
    return 'jinja2.environment.TemplateModule'
  }
}

/** Runs a template for what it exports. */
export function makeModule(
  template: RenderableTemplate,
  context: Context,
): TemplateModule | Promise<TemplateModule> {
  const made = (body: unknown): TemplateModule => new TemplateModule(template.name, context.exported(), body)
  const body = template.root(context)
  return isPromise(body) ? body.then(made) : made(body)
}

/** `{% extends %}`: joins the blocks of the parent to those of the context; returns the parent. */
export function extendTemplate(
  context: Context,
  name: unknown,
  own: string | null,
  streaming: boolean,
): RenderableTemplate {
  const env = context.environment as ContextHost & TemplateSource
  const parent = env.getTemplate(name, own)
  context.blocks = extendBlocks(context.blocks, streaming ? parent.streamBlocks : parent.blocks)
  return parent
}

export const getTemplate = (env: TemplateSource, name: unknown, own: string | null): RenderableTemplate =>
  env.getTemplate(name, own)

export const selectTemplate = (env: TemplateSource, names: unknown, own: string | null): RenderableTemplate =>
  env.selectTemplate(names, own)

export const getOrSelectTemplate = (
  env: TemplateSource,
  name: unknown,
  own: string | null,
): RenderableTemplate => env.getOrSelectTemplate(name, own)

function missingToNull(error: unknown): null {
  if (error instanceof TemplateNotFound) return null
  throw error
}

/** `ignore missing`: null where no template is found. */
export function ignoreMissing<T>(find: () => T): T | null | Promise<Awaited<T> | null> {
  try {
    const found = find()
    return isPromise(found) ? (found as Promise<Awaited<T>>).catch(missingToNull) : found
  } catch (error) {
    return missingToNull(error)
  }
}

/** The context of an included template: all that the including one sees at that place. */
export function includeContext(
  context: Context,
  template: RenderableTemplate,
  locals: Variables,
  streaming: boolean,
): Context {
  return new Context({
    environment: context.environment,
    name: template.name,
    blocks: streaming ? template.streamBlocks : template.blocks,
    locals,
    layers: context.allLayers(),
    ownGlobals: template.ownGlobals,
  })
}

/** `{% include ... without context %}`: what the template prints by itself. */
export function moduleBody(template: RenderableTemplate): unknown {
  const module = template.defaultModule()
  return isPromise(module) ? module.then(({ body }) => body) : module.body
}

/** `{% import ... with context %}` */
export function importWithContext(
  context: Context,
  template: RenderableTemplate,
  locals: Variables,
): TemplateModule | Promise<TemplateModule> {
  return makeModule(template, includeContext(context, template, locals, false))
}

/** `{% import %}`: the template's own module, unless the importing template has globals that it lacks. */
export function importModule(
  context: Context,
  template: RenderableTemplate,
): TemplateModule | Promise<TemplateModule> {
  const globals = context.ownGlobals
  if (globals !== null) {
    const known = template.ownGlobals ?? {}
    const names = Object.keys(globals).filter((name) => !Object.hasOwn(known, name))
    if (names.length > 0) {
      const vars = Object.fromEntries(names.map((name) => [name, globals[name]]))
      return makeModule(template, template.newContext(vars))
    }
  }
  return template.defaultModule()
}

/** A name that is imported from a module; what it does not export is undefined. */
export function importName(
  env: { readonly undefined: UndefinedClass },
  module: TemplateModule,
  name: string,
  position: string,
): unknown {
  const value = module[TEMPLATE_ATTRIBUTE](name)
  if (value !== MISSING) return value
  const message =
    `the template ${repr(module.name)} (imported on ${position}) does not export the requested name ` +
    quote(name)
  return new env.undefined(message, undefined, name)
}

/** Ends the rendering with an error of the engine. */
export function failAtRuntime(message: string): never {
  throw new TemplateRuntimeError(message)
}
