import { Symbols } from './scope.ts'

/** What is known of escaping while compiling; `volatile` if only the run can tell. */
export interface CompileEvalContext {
  autoescape: boolean
  volatile: boolean
}

/** A macro that can be called without asking what its name stands for. */
export interface KnownMacro {
  /** The function that renders it. */
  readonly body: string
  readonly parameters: readonly string[]
}

/** What the compiler knows at one place of a template. */
export class Frame {
  readonly evalContext: CompileEvalContext
  symbols: Symbols
  /** Output is only to be written if no `extends` has run. */
  requireOutputCheck = false
  /** The variable that collects the output, or null where it is yielded. */
  buffer: string | null = null
  /** The block that this is in. */
  block: string | null = null
  /** Assignments reach the template's context. */
  toplevel = false
  /** Toplevel, and not in a condition. */
  rootlevel = false
  loopFrame = false
  blockFrame = false
  /** In a condition: unknown filters and tests are only errors if they are reached. */
  softFrame = false
  /** The variable with the assignments of this loop's body or block that context functions see. */
  localVars: string | null = null

  readonly #outer: Frame | null
  #macros: Map<string, KnownMacro> | null = null

  constructor(evalContext: CompileEvalContext, symbols = new Symbols(), outer: Frame | null = null) {
    this.evalContext = evalContext
    this.symbols = symbols
    this.#outer = outer
  }

  /** Makes a macro known from here on, by its variable. */
  noteMacro(ref: string, macro: KnownMacro): void {
    this.#macros ??= new Map()
    this.#macros.set(ref, macro)
  }

  /** The macro that a variable surely holds at this place, if one does. */
  findMacro(ref: string | null): KnownMacro | null {
    if (ref === null) return null
    return this.#macros?.get(ref) ?? this.#outer?.findMacro(ref) ?? null
  }

  /** A frame with variables of its own; an isolated one does not see those of this frame. */
  inner(isolated = false): Frame {
    if (isolated) return new Frame(this.evalContext, new Symbols(null, this.symbols.level + 1))
    const result = new Frame(this.evalContext, new Symbols(this.symbols), this)
    result.requireOutputCheck = this.requireOutputCheck
    result.buffer = this.buffer
    result.block = this.block
    return result
  }

  /** This frame inside a condition. */
  soft(): Frame {
    const result = new Frame(this.evalContext, this.symbols, this)
    result.requireOutputCheck = this.requireOutputCheck
    result.buffer = this.buffer
    result.block = this.block
    result.toplevel = this.toplevel
    result.loopFrame = this.loopFrame
    result.blockFrame = this.blockFrame
    result.localVars = this.localVars
    result.softFrame = true
    return result
  }
}
