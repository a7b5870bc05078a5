import { TemplateAssertionError } from '../errors.ts'
import { quote } from '../python/print.ts'
import type { Block, Expression, Node, Statement } from '../syntax/nodes.ts'
import { Emitter } from './emitter.ts'
import type { Frame } from './frame.ts'

/** What the compiler has to know of an environment. */
export interface CompilerHost {
  readonly isAsync: boolean
  readonly sandboxed: boolean
  /** Templates give values and not text, as in the environment of native types. */
  readonly nativeTypes: boolean
  readonly optimized: boolean
  readonly finalize: unknown
  readonly filters: Readonly<Record<string, unknown>>
  readonly tests: Readonly<Record<string, unknown>>
  readonly interceptedBinops: ReadonlySet<string>
  readonly interceptedUnops: ReadonlySet<string>
}

/** The visitors for expressions and statements, handed in so that their files need not import each other. */
export interface Visitors {
  expression(unit: Compilation, node: Expression, frame: Frame): string
  /** An expression as a JavaScript boolean: Python's truth of its value. */
  condition(unit: Compilation, node: Expression, frame: Frame): string
  statement(unit: Compilation, node: Statement, frame: Frame): void
}

/** A place of a template that looks a name up in the context. */
export interface NameUse {
  readonly name: string
  readonly lineno: number
}

/** Thrown where the rest of a body can never run. */
export class Unreachable extends Error {}

/** A text as JavaScript source. */
export function literal(text: string): string {
  return JSON.stringify(text)
}

/** The compilation of one template: its code so far, and what all visitors share. */
export class Compilation {
  readonly host: CompilerHost
  readonly name: string | null
  readonly filename: string | null
  /** Blocks and the template yield their output piece by piece. */
  readonly streaming: boolean
  readonly out = new Emitter()
  readonly blocks = new Map<string, Block>()
  /** How many `extends` there were so far, and whether one of them surely runs. */
  extendsSoFar = 0
  hasKnownExtends = false
  /** The names that only one statement of the template gives a value. */
  storedOnce: ReadonlySet<string> = new Set()
  /** Names that are assigned by the statements being compiled. */
  readonly assigned: Set<string>[] = []
  /** Parameters that have no value yet while defaults are being evaluated. */
  readonly unsetParameters: Set<string>[] = []
  /** The names that are looked up in the context. */
  readonly resolved = new Set<string>()
  /** The places where they are used. */
  readonly uses: NameUse[] = []
  /** The context that names are looked up in, which extensions can replace. */
  readonly contexts: string[] = ['ctx']
  /** Whether the variable `super` of the block being compiled is used for more than being printed. */
  usesSuper = false
  /** How many loops are open in each function being compiled. */
  readonly openLoops: number[] = [0]
  readonly #visitors: Visitors
  readonly #runtime = new Set<string>()
  readonly #constants = new Map<string, string>()
  #temporaries: string[] = []
  #lastIdentifier = 0

  constructor(
    host: CompilerHost,
    name: string | null,
    filename: string | null,
    streaming: boolean,
    visitors: Visitors,
  ) {
    this.host = host
    this.name = name
    this.filename = filename
    this.streaming = streaming
    this.#visitors = visitors
  }

  /** The JavaScript of an expression. */
  expression(node: Expression, frame: Frame): string {
    return this.#visitors.expression(this, node, frame)
  }

  /** The JavaScript of an expression's truth. */
  condition(node: Expression, frame: Frame): string {
    return this.#visitors.condition(this, node, frame)
  }

  /** Writes statements until one makes the rest unreachable. */
  body(nodes: readonly Statement[], frame: Frame): void {
    try {
      for (const node of nodes) this.#visitors.statement(this, node, frame)
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
    }
  }

  /** Ends the compilation with an error. */
  fail(message: string, lineno: number): never {
    throw new TemplateAssertionError(message, lineno, this.name, this.filename)
  }

  /** The local name of something that the runtime provides. */
  runtime(name: string): string {
    this.#runtime.add(name)
    return name
  }

  /** The names that the compiled code uses of the runtime. */
  get runtimeNames(): readonly string[] {
    return [...this.#runtime].sort()
  }

  /** A name for a value that is computed once for each template. */
  constant(prefix: string, code: string): string {
    let name = this.#constants.get(code)
    if (name === undefined) {
      name = `${prefix}_${this.#constants.size}`
      this.#constants.set(code, name)
    }
    return name
  }

  /** The declarations of all constants. */
  get constants(): readonly string[] {
    return [...this.#constants].map(([code, name]) => `const ${name} = ${code}`)
  }

  /** A new name. */
  identifier(): string {
    this.#lastIdentifier++
    return `t_${this.#lastIdentifier}`
  }

  /** A new variable of the function being compiled, for use within one expression. */
  temporary(): string {
    const name = this.identifier()
    this.#temporaries.push(name)
    return name
  }

  /** Declares a variable of the function being compiled. */
  declare(name: string): void {
    if (!this.#temporaries.includes(name)) this.#temporaries.push(name)
  }

  /** Writes a function with the temporaries that its body needs, and runs `body` for its inside. */
  function(head: string, body: () => void, lineno?: number, tail = '}'): void {
    const outer = this.#temporaries
    this.#temporaries = []
    this.openLoops.push(0)
    this.out.block(
      head,
      () => {
        const mark = this.out.mark()
        body()
        if (this.#temporaries.length > 0) this.out.fill(mark, `let ${this.#temporaries.join(', ')}`)
      },
      lineno,
      tail,
    )
    this.openLoops.pop()
    this.#temporaries = outer
  }

  /** The variable of the context for names. */
  get context(): string {
    return this.contexts.at(-1) as string
  }

  /** `async ` where it must stand before functions. */
  get async(): string {
    return this.host.isAsync ? 'async ' : ''
  }

  /** Waits for a value that may be a promise, in an asynchronous environment. */
  await(code: string): string {
    if (!this.host.isAsync) return code
    const temporary = this.temporary()
    return `(${this.runtime('isPromise')}(${temporary} = ${code}) ? await ${temporary} : ${temporary})`
  }

  /** A node's place in words. */
  position(node: Node): string {
    return this.name === null ? `line ${node.lineno}` : `line ${node.lineno} in ${quote(this.name)}`
  }
}
