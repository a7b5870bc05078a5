import { Environment } from '../environment/environment.ts'
import type { EnvironmentOptions } from '../environment/options.ts'
import { neg, pos } from '../python/arithmetic.ts'
import { checkSize, SAFE_BINOPS, safeRange } from './limits.ts'
import { findAttributeSandboxed, getAttributeSandboxed, getItemSandboxed } from './lookup.ts'
import { isSafeAttribute, isSafeCallable, modifiesKnownMutable } from './policy.ts'

/** A binary operator as a function. */
type Binary = (left: unknown, right: unknown) => unknown

/** A unary operator as a function. */
type Unary = (value: unknown) => unknown

/**
 * An environment for templates that are not trusted.
 *
 * Templates reach the built-in methods of values, what objects hold themselves, and functions that are handed
 * to them; never prototypes, constructors, accessors or names with a leading underscore. What they must not see
 * is an undefined value that throws a {@link SecurityError} when it is used. Ranges and single operations are
 * limited in size; the time and memory of a whole rendering are not.
 *
 * @see https://jinja.palletsprojects.com/en/stable/sandbox/
 */
export class SandboxedEnvironment extends Environment {
  override readonly sandboxed: boolean = true
  override readonly interceptedBinops: ReadonlySet<string> = new Set(['+', '*', '**', '%'])
  /** What the intercepted binary operators do, by their spelling. */
  readonly binopTable: Record<string, Binary> = { ...SAFE_BINOPS }
  /** What the intercepted unary operators do, by their spelling. */
  readonly unopTable: Record<string, Unary> = { '+': pos, '-': neg }

  constructor(options: EnvironmentOptions = {}) {
    super(options)
    this.globals.range = safeRange
  }

  /**
   * Whether templates may see an attribute; to be overridden for another policy.
   *
   * @param obj Whose attribute it is.
   * @param name Its name.
   * @param _value Its value, where that is known without running an accessor.
   */
  isSafeAttribute(obj: unknown, name: string, _value: unknown): boolean {
    return isSafeAttribute(obj, name)
  }

  /** Whether templates may call a value; to be overridden for another policy. */
  override isSafeCallable(value: unknown): boolean {
    return isSafeCallable(value)
  }

  /** Refuses results of filters that are too large; see `MAX_SIZE`. */
  checkSize(size: number): void {
    checkSize(size)
  }

  /** Applies an intercepted binary operator. */
  callBinop(_context: unknown, operator: string, left: unknown, right: unknown): unknown {
    return (this.binopTable[operator] as Binary)(left, right)
  }

  /** Applies an intercepted unary operator. */
  callUnop(_context: unknown, operator: string, value: unknown): unknown {
    return (this.unopTable[operator] as Unary)(value)
  }

  findAttribute(obj: unknown, name: string): unknown {
    return findAttributeSandboxed(this, obj, name)
  }

  override getAttr(obj: unknown, name: string): unknown {
    return getAttributeSandboxed(this, obj, name)
  }

  override getItem(obj: unknown, key: unknown): unknown {
    return getItemSandboxed(this, obj, key)
  }
}

/** A sandbox whose templates cannot change the lists, dicts and sets that they are given. */
export class ImmutableSandboxedEnvironment extends SandboxedEnvironment {
  override isSafeAttribute(obj: unknown, name: string, value: unknown): boolean {
    return super.isSafeAttribute(obj, name, value) && !modifiesKnownMutable(obj, name)
  }
}
