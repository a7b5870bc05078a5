import { callWithContext } from './call.ts'
import { EvalContext } from './eval-context.ts'
import type { LookupHost } from './lookup.ts'

/** Names and what they stand for. */
export type Variables = Record<string, unknown>

/** The function of a block: its text, a list of values, or an iterable of pieces, now or later. */
export type RenderFunction = (context: Context) => unknown

/** The functions of each block, the innermost one first. Tables are never changed. */
export type BlockTable = Readonly<Record<string, readonly RenderFunction[]>>

/** Tables inherit from an object without anything in it: they have their own names only, and V8 gives them a shape. */
function Table(this: BlockTable): void {}
Table.prototype = Object.create(null)

/** A new table of blocks, to be filled before anybody sees it. */
export function makeBlockTable(): Record<string, readonly RenderFunction[]> {
  return new (Table as unknown as new () => Record<string, readonly RenderFunction[]>)()
}

/** What a context needs of its environment. */
export interface ContextHost extends LookupHost {
  readonly isAsync: boolean
  readonly sandboxed: boolean
  readonly autoescape: boolean | ((name: string | null) => boolean)
  readonly nativeTypes: boolean
  concat(values: Iterable<unknown>): unknown
  isSafeCallable(value: unknown): boolean
}

/** What a new context is made of. */
export interface ContextParts {
  readonly environment: ContextHost
  readonly name: string | null
  readonly blocks: BlockTable
  /** The variables that were given, read first. */
  readonly locals: Variables
  /** Further variables, the nearest first. */
  readonly layers: readonly Variables[]
  /** The globals that only this template has. */
  readonly ownGlobals: Variables | null
  readonly evalCtx?: EvalContext<ContextHost>
}

const inherited = Object.prototype

function lookUp(variables: Variables, name: string): unknown {
  if (name in inherited && !Object.hasOwn(variables, name)) return undefined
  return variables[name]
}

/**
 * The variables of one rendering.
 *
 * JavaScript's `undefined` stands for a variable that is not there.
 */
export class Context {
  readonly environment: ContextHost
  readonly name: string | null
  /** What the template assigned at its top level; null as long as it assigned nothing. */
  vars: Variables | null = null
  readonly locals: Variables
  readonly layers: readonly Variables[]
  readonly ownGlobals: Variables | null
  blocks: BlockTable
  #exported: Set<string> | null = null
  #evalCtx: EvalContext<ContextHost> | null

  constructor(parts: ContextParts) {
    this.environment = parts.environment
    this.name = parts.name
    this.locals = parts.locals
    this.layers = parts.layers
    this.ownGlobals = parts.ownGlobals
    this.blocks = parts.blocks
    this.#evalCtx = parts.evalCtx ?? null
  }

  /** The options of evaluation of this rendering. */
  get evalCtx(): EvalContext<ContextHost> {
    if (this.#evalCtx === null) {
      const { autoescape } = this.environment
      const escapes = typeof autoescape === 'function' ? autoescape(this.name) : autoescape
      this.#evalCtx = new EvalContext(this.environment, escapes)
    }
    return this.#evalCtx
  }

  /** The value of a variable, or JavaScript's `undefined` if it is not there. */
  resolve(name: string): unknown {
    if (this.vars !== null) {
      const value = lookUp(this.vars, name)
      if (value !== undefined) return value
    }
    const local = lookUp(this.locals, name)
    if (local !== undefined) return local
    for (const layer of this.layers) {
      const value = lookUp(layer, name)
      if (value !== undefined) return value
    }
    return undefined
  }

  /** The value of a variable, or an undefined value of the environment's kind. */
  get(name: string): unknown {
    const value = this.resolve(name)
    return value === undefined ? new this.environment.undefined(null, undefined, name) : value
  }

  /** Whether a variable is there. */
  has(name: string): boolean {
    return this.resolve(name) !== undefined
  }

  /** Assigns a variable at the top level of the template. */
  setVar(name: string, value: unknown, exported: boolean): void {
    this.vars ??= Object.create(null) as Variables
    this.vars[name] = value
    if (exported) {
      this.#exported ??= new Set()
      this.#exported.add(name)
    } else {
      this.#exported?.delete(name)
    }
  }

  /** What the template exports to those that import it. */
  exported(): Variables {
    const result: Variables = Object.create(null)
    for (const name of this.#exported ?? []) result[name] = this.vars?.[name]
    return result
  }

  /** All layers of variables, the nearest first; the assigned ones as they are now. */
  allLayers(): Variables[] {
    const own = this.vars === null ? [] : [{ ...this.vars }]
    return [...own, this.locals, ...this.layers]
  }

  /** All variables in one object. */
  getAll(): Variables {
    const result: Variables = Object.create(null)
    for (const layer of this.allLayers().reverse()) {
      for (const [name, value] of Object.entries(layer)) if (value !== undefined) result[name] = value
    }
    return result
  }

  /** A context of the same template with more variables. */
  derived(locals: Variables): Context {
    return new Context({
      environment: this.environment,
      name: this.name,
      blocks: this.blocks,
      locals,
      layers: this.allLayers(),
      ownGlobals: null,
      evalCtx: this.evalCtx,
    })
  }

  /** Calls a function as a template would; `args` may end with a `Kwargs`. */
  call(fn: unknown, ...args: unknown[]): unknown {
    return callWithContext(this, fn, args)
  }
}
