import { ArgumentError, InvalidRequestError } from '../errors/base-errors.ts'
import type { ColumnElement } from '../expression/column-element.ts'
import type { Alias, Cte, Subquery } from '../expression/from-clause.ts'
import type { ExpressionNode, FromElement, QueryElement } from '../expression/node.ts'
import { TextClause } from '../expression/text-clause.ts'
import { TableSchema } from '../schema/table.ts'
import { CompoundSelect } from '../statement/compound-select.ts'
import { Delete, Insert, Update } from '../statement/dml.ts'
import { Select } from '../statement/select.ts'
import { itemColumns } from '../statement/select-item.ts'
import { inferType } from '../types/infer-type.ts'
import type { TypeEngine } from '../types/type-engine.ts'
import type { BindSlot, Compiled, ResultColumn } from './compilation.ts'
import { deleteSql, insertSql, updateSql } from './dml-sql.ts'
import { expressionSql } from './expression-sql.ts'
import { type FromHost, fromSql } from './from-sql.ts'
import { literalSql } from './literal-sql.ts'
import { operand } from './operator-sql.ts'
import { compoundSql, selectSql } from './select-sql.ts'
import { type DialectTraits, quoteName, quoteQualified } from './traits.ts'

/** Anything that can be executed. */
export type Executable =
  | Select<readonly unknown[]>
  | CompoundSelect<readonly unknown[]>
  | Insert<readonly unknown[]>
  | Update<readonly unknown[]>
  | Delete<readonly unknown[]>
  | TextClause

/** How a statement is compiled. */
export interface CompileOptions {
  /** Writes values into the text; for scripts, never for input. */
  literalBinds?: boolean
}

const reading = /^\s*(?:select|values|pragma|explain|show|describe|with)\b/i
const writingWithin = /\b(?:insert|update|delete|merge)\b/i

/** Tells SQL text that may change the database from text that only reads. */
export function isWriteText(sql: string): boolean {
  if (!reading.test(sql)) return true
  return /^\s*with\b/i.test(sql) && writingWithin.test(sql)
}

class Compiler implements FromHost {
  readonly traits: DialectTraits
  readonly literalBinds: boolean
  qualify = true
  pure = true
  labels: ReadonlySet<string> = new Set()
  enclosing: (readonly FromElement[])[] = []
  slots: BindSlot[] = []
  readonly #names = new Map<FromElement, string>()
  readonly #counts = new Map<string, number>()
  readonly #ctes = new Map<Cte, { sql: string; slots: BindSlot[] }>()

  constructor(traits: DialectTraits, literalBinds: boolean) {
    this.traits = traits
    this.literalBinds = literalBinds
  }

  node(node: ExpressionNode): string {
    return expressionSql(this, node)
  }

  element(element: ColumnElement): string {
    return operand(this, element.node, 1)
  }

  bind(value: unknown, type: TypeEngine, key: string | null): string {
    if (this.literalBinds) {
      if (value === undefined && key !== null)
        throw new ArgumentError(`A value is required for bind parameter '${key}'`)
      return literalSql(value, type, this.traits)
    }
    this.slots.push({ key, value, type })
    return this.traits.paramstyle === 'question' ? '?' : `$${this.slots.length}`
  }

  quote(name: string): string {
    return quoteName(name, this.traits)
  }

  nameOf(from: FromElement): string {
    const known = this.#names.get(from)
    if (known !== undefined) return known
    if (from instanceof TableSchema) return quoteQualified(from.schema, from.name, this.traits)
    const name = from.name === null ? this.#inventName(from) : this.quote(from.name)
    this.#names.set(from, name)
    return name
  }

  #inventName(from: FromElement): string {
    const inner = from.fromKind === 'alias' ? (from as Alias).element.name : null
    const base = inner ?? 'anon'
    const count = (this.#counts.get(base) ?? 0) + 1
    this.#counts.set(base, count)
    return this.quote(`${base}_${count}`)
  }

  from(from: FromElement): string {
    return fromSql(this, from)
  }

  query(query: QueryElement): string {
    if (query instanceof Select) return selectSql(this, query)
    if (query instanceof CompoundSelect) return compoundSql(this, query)
    if (query instanceof TextClause) return this.node(query.node)
    throw new ArgumentError(`A ${query.statementKind} statement cannot stand inside another`)
  }

  nested(query: QueryElement): string {
    return `(${this.query(query)})`
  }

  independent(subquery: Subquery): string {
    const outer = this.enclosing
    if (!subquery.lateral) this.enclosing = []
    const sql = this.query(subquery.query)
    this.enclosing = outer
    return sql
  }

  useCte(cte: Cte): void {
    if (this.#ctes.has(cte)) return
    const entry = { sql: '', slots: [] as BindSlot[] }
    this.#ctes.set(cte, entry)
    const outer = { slots: this.slots, enclosing: this.enclosing, labels: this.labels }
    // Parameters of `?` style follow the text, in which WITH comes first: they are kept apart until then.
    if (this.traits.paramstyle === 'question') this.slots = []
    this.enclosing = []
    const body = this.query(cte.query)
    const names = [...cte.columns.keys()].map((name) => this.quote(name)).join(', ')
    entry.sql = `${this.quote(cte.name)}${cte.recursive ? `(${names})` : ''} AS (${body})`
    if (this.traits.paramstyle === 'question') entry.slots = this.slots
    Object.assign(this, outer)
    // One that uses another must come after it; it was entered first, so it moves to the end.
    this.#ctes.delete(cte)
    this.#ctes.set(cte, entry)
  }

  statement(statement: Executable): string {
    const body = this.#body(statement)
    if (statement instanceof Select) for (const cte of statement.parts.ctes) this.useCte(cte)
    if (this.#ctes.size === 0) return body
    const recursive = [...this.#ctes.keys()].some((cte) => cte.recursive)
    const entries = [...this.#ctes.values()]
    this.slots = [...entries.flatMap((entry) => entry.slots), ...this.slots]
    return `WITH ${recursive ? 'RECURSIVE ' : ''}${entries.map((entry) => entry.sql).join(', ')} ${body}`
  }

  #body(statement: Executable): string {
    if (statement instanceof Insert) return insertSql(this, statement)
    if (statement instanceof Update) return updateSql(this, statement)
    if (statement instanceof Delete) return deleteSql(this, statement)
    return this.query(statement)
  }
}

function asColumns(columns: Iterable<readonly [string, ColumnElement]>): ResultColumn[] {
  return Array.from(columns, ([name, column]) => ({ name, type: column.type }))
}

function resultColumns(statement: Executable): readonly ResultColumn[] | null {
  if (statement instanceof TextClause) return null
  if (statement instanceof Select || statement instanceof CompoundSelect) {
    const columns = asColumns(statement.exportedColumns())
    const starred =
      statement instanceof Select && statement.parts.items.some((item) => 'node' in item && isOpen(item.node))
    return starred ? null : columns
  }
  const returning = statement.parts.returning.flatMap(itemColumns)
  return asColumns(returning.map((column, index) => [column.key ?? `anon_${index + 1}`, column] as const))
}

/** An item whose columns only the database knows. */
function isOpen(node: ExpressionNode): boolean {
  return node.kind === 'star' || node.kind === 'text'
}

/**
 * Compiles a statement for a database.
 * @throws CompileError when the database has no such construct
 */
export function compile(
  statement: Executable,
  traits: DialectTraits,
  options: CompileOptions = {},
): Compiled {
  const compiler = new Compiler(traits, options.literalBinds ?? false)
  const sql = compiler.statement(statement)
  const reads = statement instanceof Select || statement instanceof CompoundSelect
  const isWrite = reads ? false : statement instanceof TextClause ? isWriteText(sql) : true
  const isPure = reads && compiler.pure
  return { sql, slots: compiler.slots, columns: resultColumns(statement), isWrite, isPure }
}

/** Compiles an expression alone, with its values written in, as DDL needs it. */
export function compileExpression(element: ColumnElement, traits: DialectTraits): string {
  const compiler = new Compiler(traits, true)
  compiler.qualify = false
  // Text stands as it was written: DEFAULT, CHECK and index expressions bring their own brackets.
  return element.node.kind === 'text' ? compiler.node(element.node) : compiler.element(element)
}

/**
 * The driver's parameters of a compiled statement.
 * @param values values by name, for parameters that have names
 */
export function bindParameters(
  compiled: Compiled,
  traits: DialectTraits,
  values: Readonly<Record<string, unknown>> | null,
): unknown[] {
  const { slots } = compiled
  const params = new Array<unknown>(slots.length)
  for (let index = 0; index < slots.length; index++) {
    const slot = slots[index] as BindSlot
    let { value } = slot
    if (slot.key !== null) {
      if (values && slot.key in values) value = values[slot.key]
      else if (value === undefined) {
        throw new InvalidRequestError(
          `A value is required for bind parameter '${slot.key}'\n[SQL: ${compiled.sql}]`,
        )
      }
    }
    params[index] = bindValue(value, slot.type, traits)
  }
  return params
}

/** One driver parameter; a value of unknown type is bound as what it is. */
function bindValue(value: unknown, type: TypeEngine, traits: DialectTraits): unknown {
  if (type.name !== 'NullType') return type.bind(value, traits.name)
  return inferType(value).bind(value, traits.name)
}
