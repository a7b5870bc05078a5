import { LookupError } from '../errors/base-errors.ts'
import { type DialectName, type Processor, TypeEngine, type TypeLike, toType } from './type-engine.ts'

/** True or false; `0` and `1` where the database has no booleans. */
export class BooleanType extends TypeEngine<boolean> {
  readonly name = 'Boolean'
  override readonly affinity = 'boolean'

  ddl(dialect: DialectName): string {
    return dialect === 'mysql' ? 'BOOL' : 'BOOLEAN'
  }

  override castName(dialect: DialectName): string {
    return dialect === 'mysql' ? 'SIGNED INTEGER' : 'BOOLEAN'
  }

  protected override makeBind(dialect: DialectName): Processor | null {
    const native = dialect === 'postgresql'
    return (value) => {
      if (value !== true && value !== false && value !== 0 && value !== 1) {
        throw new TypeError(`Not a boolean value: ${JSON.stringify(value) ?? String(value)}`)
      }
      return native ? Boolean(value) : Number(value)
    }
  }

  protected override makeResult(dialect: DialectName): Processor | null {
    return dialect === 'postgresql' ? null : (value) => value !== 0 && value !== false && value !== '0'
  }
}

/** Bytes as `Uint8Array`. */
export class LargeBinaryType extends TypeEngine<Uint8Array> {
  readonly name = 'LargeBinary'
  override readonly affinity = 'binary'

  ddl(dialect: DialectName): string {
    return dialect === 'postgresql' ? 'BYTEA' : 'BLOB'
  }

  override castName(dialect: DialectName): string {
    return dialect === 'mysql' ? 'BINARY' : this.ddl(dialect)
  }
}

/** Any value that JSON can carry; `null` is stored as JSON's null unless `noneAsNull`. */
export class JsonType<V = unknown> extends TypeEngine<V> {
  readonly name = 'JSON'
  override readonly affinity = 'json'
  override readonly evaluatesNull: boolean
  readonly binary: boolean

  constructor(noneAsNull = false, binary = false) {
    super()
    this.evaluatesNull = !noneAsNull
    this.binary = binary
  }

  ddl(dialect: DialectName): string {
    return this.binary && dialect === 'postgresql' ? 'JSONB' : 'JSON'
  }

  protected override makeBind(): Processor | null {
    return (value) => JSON.stringify(value)
  }

  protected override makeResult(): Processor | null {
    return (value) => (typeof value === 'string' ? JSON.parse(value) : value)
  }

  override repr(): string {
    return this.evaluatesNull ? 'JSON()' : 'JSON({ noneAsNull: true })'
  }
}

/** A UUID as text with dashes; 32 digits where the database has no such type. */
export class UuidType extends TypeEngine<string> {
  readonly name = 'Uuid'

  ddl(dialect: DialectName): string {
    return dialect === 'postgresql' ? 'UUID' : 'CHAR(32)'
  }

  protected override makeBind(dialect: DialectName): Processor | null {
    return (value) => {
      const digits = String(value).replaceAll('-', '').toLowerCase()
      if (!/^[0-9a-f]{32}$/.test(digits))
        throw new TypeError(`badly formed hexadecimal UUID string: '${String(value)}'`)
      return dialect === 'postgresql' ? dashed(digits) : digits
    }
  }

  protected override makeResult(): Processor | null {
    return (value) => dashed(String(value).replaceAll('-', ''))
  }
}

function dashed(digits: string): string {
  const parts = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ]
  return parts.join('-')
}

/** One of a fixed list of texts: a native type on PostgreSQL and MySQL, VARCHAR elsewhere. */
export class EnumType<V extends string = string> extends TypeEngine<V> {
  readonly name = 'Enum'
  override readonly affinity = 'text'
  readonly values: readonly V[]
  /** Name of the type in PostgreSQL. */
  readonly typeName: string | undefined
  readonly native: boolean

  constructor(values: readonly V[], typeName?: string, native = true) {
    super()
    this.values = values
    this.typeName = typeName
    this.native = native
  }

  ddl(dialect: DialectName): string {
    if (this.native && dialect === 'postgresql' && this.typeName) return this.typeName
    if (this.native && dialect === 'mysql') {
      return `ENUM(${this.values.map((value) => `'${value.replaceAll("'", "''")}'`).join(',')})`
    }
    return `VARCHAR(${Math.max(1, ...this.values.map((value) => value.length))})`
  }

  override castName(dialect: DialectName): string {
    return dialect === 'mysql' ? 'CHAR' : this.ddl(dialect)
  }

  protected override makeBind(): Processor | null {
    const known = new Set<unknown>(this.values)
    return (value) => {
      if (known.has(value)) return value
      const label = this.typeName ?? 'None'
      throw new LookupError(
        `'${String(value)}' is not among the defined enum values. Enum name: ${label}. Possible values: ${this.values.join(', ')}`,
      )
    }
  }

  override repr(): string {
    const values = this.values.map((value) => `'${value}'`).join(', ')
    return this.typeName ? `Enum([${values}], { name: '${this.typeName}' })` : `Enum([${values}])`
  }
}

/** PostgreSQL's array of another type. */
export class ArrayType<V> extends TypeEngine<V[]> {
  readonly name = 'ARRAY'
  readonly item: TypeEngine<V>

  constructor(item: TypeLike<V>) {
    super()
    this.item = toType(item)
  }

  ddl(dialect: DialectName): string {
    return `${this.item.ddl(dialect)}[]`
  }

  protected override makeBind(dialect: DialectName): Processor | null {
    return (value) => (value as unknown[]).map((item) => this.item.bind(item, dialect))
  }

  protected override makeResult(dialect: DialectName): Processor | null {
    const load = this.item.resultProcessor(dialect)
    return load ? (value) => (value as unknown[]).map((item) => (item === null ? null : load(item))) : null
  }
}

/** Two-way conversion of a custom type. */
export interface TypeConversion<V, S> {
  /** Value for the stored type; called for `null` only with `handlesNull`. */
  dump(value: V, dialect: DialectName): S
  /** Value of the program from what the stored type gave. */
  load(value: S, dialect: DialectName): V
  /** Word for generated migrations, such as `'Money()'`. */
  repr?: string
}

/** A type made of another by converting values (`sqlalchemy.types.TypeDecorator`). */
export class DecoratedType<V, S> extends TypeEngine<V> {
  readonly name = 'TypeDecorator'
  readonly impl: TypeEngine<S>
  readonly conversion: TypeConversion<V, S>

  constructor(impl: TypeLike<S>, conversion: TypeConversion<V, S>) {
    super()
    this.impl = toType(impl)
    this.conversion = conversion
  }

  ddl(dialect: DialectName): string {
    return this.impl.ddl(dialect)
  }

  override castName(dialect: DialectName): string {
    return this.impl.castName(dialect)
  }

  protected override makeBind(dialect: DialectName): Processor | null {
    return (value) => this.impl.bind(this.conversion.dump(value as V, dialect), dialect)
  }

  protected override makeResult(dialect: DialectName): Processor | null {
    const inner = this.impl.resultProcessor(dialect)
    return (value) => this.conversion.load((inner ? inner(value) : value) as S, dialect)
  }

  override repr(): string {
    return this.conversion.repr ?? this.impl.repr()
  }
}

/** A type of which only the DDL text is known, as reflection finds them. */
export class RawType extends TypeEngine<unknown> {
  readonly name = 'RawType'
  readonly text: string

  constructor(text: string) {
    super()
    this.text = text
  }

  ddl(): string {
    return this.text
  }

  override repr(): string {
    return `RawType('${this.text.replaceAll("'", "\\'")}')`
  }
}
