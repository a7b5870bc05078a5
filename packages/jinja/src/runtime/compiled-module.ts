import type { RenderFunction } from './context.ts'
import type { Runtime } from './runtime.ts'

/** The functions of a compiled template. */
export interface CompiledFunctions {
  readonly root: RenderFunction
  readonly blocks: Readonly<Record<string, RenderFunction>>
}

/** Makes the functions of a compiled template for an environment. */
export type CompiledFactory = (runtime: Runtime, environment: unknown) => CompiledFunctions

/** Pairs of a line of the template and the line of code from which on it is the source. */
export type LineTable = readonly (readonly [template: number, code: number])[]

/** What a module that `compileTemplates` wrote exports. */
export interface CompiledModule {
  readonly name: string
  readonly filename: string | null
  /** The address of the module, by which stack traces name it. */
  readonly url: string
  /** Renders to text. */
  readonly template: CompiledFactory
  /** Renders piece by piece. */
  readonly stream: CompiledFactory
  readonly lines: LineTable
}
