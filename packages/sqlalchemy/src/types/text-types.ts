import { CompileError } from '../errors/base-errors.ts'
import { type DialectName, TypeEngine } from './type-engine.ts'

/** Text of bounded length: VARCHAR. */
export class StringType<V extends string = string> extends TypeEngine<V> {
  readonly name: string = 'String'
  override readonly affinity = 'text'
  readonly length: number | undefined
  readonly collation: string | undefined

  constructor(length?: number, collation?: string) {
    super()
    this.length = length
    this.collation = collation
  }

  protected get sqlName(): string {
    return 'VARCHAR'
  }

  ddl(dialect: DialectName): string {
    if (this.length === undefined && dialect === 'mysql') {
      throw new CompileError(
        'VARCHAR requires a length on dialect mysql: write String(255), or Text for long text',
      )
    }
    const text = this.length === undefined ? this.sqlName : `${this.sqlName}(${this.length})`
    if (!this.collation) return text
    return dialect === 'mysql' ? `${text} COLLATE ${this.collation}` : `${text} COLLATE "${this.collation}"`
  }

  override castName(dialect: DialectName): string {
    if (dialect !== 'mysql') return this.ddl(dialect)
    return this.length === undefined ? 'CHAR' : `CHAR(${this.length})`
  }

  override repr(): string {
    return `${this.name}(${this.length ?? ''})`
  }
}

/** Text of a fixed length: CHAR. */
export class CharType extends StringType {
  override readonly name = 'CHAR'

  protected override get sqlName(): string {
    return 'CHAR'
  }

  override ddl(dialect: DialectName): string {
    return this.length === undefined && dialect === 'mysql' ? 'CHAR' : super.ddl(dialect)
  }
}

/** Text of any length. */
export class TextType extends TypeEngine<string> {
  readonly name = 'Text'
  override readonly affinity = 'text'
  readonly length: number | undefined

  constructor(length?: number) {
    super()
    this.length = length
  }

  ddl(dialect: DialectName): string {
    if (dialect === 'mysql' && this.length !== undefined) return `TEXT(${this.length})`
    return 'TEXT'
  }

  override castName(dialect: DialectName): string {
    return dialect === 'mysql' ? 'CHAR' : 'TEXT'
  }

  override repr(): string {
    return this.length === undefined ? 'Text()' : `Text(${this.length})`
  }
}
