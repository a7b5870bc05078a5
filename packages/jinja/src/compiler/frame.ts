import { Symbols } from './scope.ts'

/** What is known of escaping while compiling; `volatile` if only the run can tell. */
export interface CompileEvalContext {
  autoescape: boolean
  volatile: boolean
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

  constructor(evalContext: CompileEvalContext, symbols = new Symbols()) {
    this.evalContext = evalContext
    this.symbols = symbols
  }

  /** A frame with variables of its own; an isolated one does not see those of this frame. */
  inner(isolated = false): Frame {
    if (isolated) return new Frame(this.evalContext, new Symbols(null, this.symbols.level + 1))
    const result = new Frame(this.evalContext, new Symbols(this.symbols))
    result.requireOutputCheck = this.requireOutputCheck
    result.buffer = this.buffer
    result.block = this.block
    return result
  }

  /** This frame inside a condition. */
  soft(): Frame {
    const result = new Frame(this.evalContext, this.symbols)
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
