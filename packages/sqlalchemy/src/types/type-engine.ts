/** Families of databases that differ in types and syntax; `mysql` includes MariaDB. */
export type DialectName = 'sqlite' | 'postgresql' | 'mysql'

/** Converts one value on its way to or from the database; never called with `null`. */
export type Processor = (value: unknown) => unknown

declare const VALUE: unique symbol

/** What an untyped operand's operators do: `+` concatenates text and adds numbers. */
export type TypeAffinity = 'number' | 'text' | 'boolean' | 'temporal' | 'json' | 'binary' | 'other'

/**
 * A column type: its DDL name in each database and the conversion of values both ways.
 * `V` is the type of the value in TypeScript.
 */
export abstract class TypeEngine<V = unknown> {
  declare readonly [VALUE]: V
  readonly #bind = new Map<DialectName, Processor | null>()
  readonly #result = new Map<DialectName, Processor | null>()

  /** Name of the generic type, as in SQLAlchemy. */
  abstract readonly name: string
  readonly affinity: TypeAffinity = 'other'
  /** True when an explicit `null` is stored by the type itself (JSON's `null`), not as SQL NULL. */
  readonly evaluatesNull: boolean = false

  /** The type's DDL text in a dialect. */
  abstract ddl(dialect: DialectName): string

  /** Text to cast to in a dialect; the DDL text unless the database wants another word. */
  castName(dialect: DialectName): string {
    return this.ddl(dialect)
  }

  protected makeBind(_dialect: DialectName): Processor | null {
    return null
  }

  protected makeResult(_dialect: DialectName): Processor | null {
    return null
  }

  /** Conversion of a TypeScript value for the driver, or null when none is needed. */
  bindProcessor(dialect: DialectName): Processor | null {
    let processor = this.#bind.get(dialect)
    if (processor === undefined) {
      processor = this.makeBind(dialect)
      this.#bind.set(dialect, processor)
    }
    return processor
  }

  /** Conversion of a driver's value for TypeScript, or null when none is needed. */
  resultProcessor(dialect: DialectName): Processor | null {
    let processor = this.#result.get(dialect)
    if (processor === undefined) {
      processor = this.makeResult(dialect)
      this.#result.set(dialect, processor)
    }
    return processor
  }

  /** Converts a value for the driver; `null` and `undefined` become `null`. */
  bind(value: unknown, dialect: DialectName): unknown {
    if (value === undefined || (value === null && !this.evaluatesNull)) return null
    const processor = this.bindProcessor(dialect)
    return processor ? processor(value) : value
  }

  /** Constructor call that makes this type again, for generated migrations. */
  repr(): string {
    return `${this.name}()`
  }

  toString(): string {
    return this.ddl('sqlite')
  }
}

/** A type where `Column` takes one: an instance, or the constructor function without arguments. */
export type TypeLike<V> = TypeEngine<V> | (() => TypeEngine<V>)

/** Resolves a type given with or without its call. */
export function toType<V>(type: TypeLike<V>): TypeEngine<V> {
  return typeof type === 'function' ? type() : type
}

/** A type of which nothing is known: values pass unchanged. */
export class NullType extends TypeEngine<unknown> {
  readonly name = 'NullType'

  ddl(): string {
    return 'NULL'
  }
}

/** The shared type of expressions whose type is unknown. */
export const nullType = new NullType()
