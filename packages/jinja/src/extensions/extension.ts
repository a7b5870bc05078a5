import { RuntimeError } from '../errors.ts'
import type { Policies } from '../options.ts'
import type { Call, Expression, ExtensionAttribute, Keyword, Statement } from '../syntax/nodes.ts'
import type { Parser } from '../syntax/parser.ts'
import type { TokenStream } from '../syntax/token-stream.ts'
import type { Token } from '../syntax/tokens.ts'

/** What extensions find in their environment. */
export interface ExtensionHost {
  readonly globals: Record<string, unknown>
  readonly policies: Policies
  readonly filters: Record<string, unknown>
  readonly tests: Record<string, unknown>
  /** Adds properties to the environment, except those that it has. */
  extend(attributes: Readonly<Record<string, unknown>>): void
}

/** A class of extensions; `identifier` tells them apart within an environment. */
export interface ExtensionClass {
  readonly identifier: string
  new (environment: ExtensionHost): Extension
}

/** What {@link Extension.callMethod} passes beside the positional arguments. */
export interface MethodCallOptions {
  args?: Expression[]
  kwargs?: Keyword[]
  dynArgs?: Expression | null
  dynKwargs?: Expression | null
  lineno?: number
}

/**
 * Adds tags to the language, or changes source or tokens before they are parsed.
 *
 * An extension belongs to one environment. Its configuration belongs on the environment (see `extend`), since
 * overlays of the environment get copies of the extension.
 */
export abstract class Extension {
  /** The tags that {@link parse} reads. */
  readonly tags: readonly string[] = []
  /** Extensions with a lower number come first. */
  readonly priority: number = 100
  environment: ExtensionHost

  constructor(environment: ExtensionHost) {
    this.environment = environment
  }

  /** The name of the class within an environment. */
  get identifier(): string {
    return (this.constructor as unknown as ExtensionClass).identifier
  }

  /** A copy of this extension for another environment. */
  bind(environment: ExtensionHost): this {
    const copy = Object.assign(Object.create(Object.getPrototypeOf(this) as object) as this, this)
    copy.environment = environment
    return copy
  }

  /** Changes the source before it is split into tokens. */
  preprocess(source: string, _name: string | null, _filename: string | null): string {
    return source
  }

  /** Changes the tokens before they are parsed. */
  filterStream(stream: TokenStream): TokenStream | Iterable<Token> {
    return stream
  }

  /**
   * Reads one of the extension's tags, whose name is the current token.
   *
   * @returns The statement or statements that the tag stands for.
   */
  parse(parser: Parser): Statement | readonly Statement[] {
    throw new RuntimeError(
      `the extension ${this.identifier} does not read the tag ${parser.stream.current.value}`,
    )
  }

  /** A node for a property of this extension. */
  attr(name: string, lineno: number): ExtensionAttribute {
    return { type: 'ExtensionAttribute', identifier: this.identifier, name, lineno }
  }

  /** A node that calls a method of this extension when the template runs. */
  callMethod(name: string, options: MethodCallOptions = {}): Call {
    const { args = [], kwargs = [], dynArgs = null, dynKwargs = null, lineno = 1 } = options
    return { type: 'Call', node: this.attr(name, lineno), args, kwargs, dynArgs, dynKwargs, lineno }
  }
}
