import { ArgumentError } from '../errors/base-errors.ts'
import { inferType } from '../types/infer-type.ts'
import { nullType, type TypeLike, toType } from '../types/type-engine.ts'
import { ColumnElement, type Condition } from './column-element.ts'
import type { ExpressionNode } from './node.ts'

/** Named parameters in SQL text: a colon and a name, but not `::casts`, and not within quotes. */
const parameterForm = /(?<![:\w\\]):([A-Za-z_]\w*)(?!:)/g

/** SQL text with named parameters: a whole statement, or a part of one. */
export class TextClause extends ColumnElement<boolean> {
  readonly statementKind = 'text'
  readonly text: string
  readonly binds: ReadonlyMap<string, ExpressionNode>
  /** Types of the result's columns by name, where they were declared. */
  readonly columnTypes: ReadonlyMap<string, ColumnElement>

  constructor(
    text: string,
    binds: ReadonlyMap<string, ExpressionNode>,
    columns?: ReadonlyMap<string, ColumnElement>,
  ) {
    super({ kind: 'text', text, binds }, nullType)
    this.text = text
    this.binds = binds
    this.columnTypes = columns ?? new Map()
  }

  /** Gives parameters their values. */
  bindparams(values: Record<string, unknown>): TextClause {
    const binds = new Map(this.binds)
    for (const [key, value] of Object.entries(values)) {
      if (!binds.has(key)) {
        throw new ArgumentError(`This text() construct doesn't define a bound parameter named '${key}'`)
      }
      const given = value instanceof ColumnElement && value.node.kind === 'bind'
      binds.set(key, given ? value.node : { kind: 'bind', value, type: inferType(value), key })
    }
    return new TextClause(this.text, binds, this.columnTypes)
  }

  /** Declares the types of result columns. */
  columns(types: Record<string, TypeLike<unknown>>): TextClause {
    const columns = new Map<string, ColumnElement>()
    for (const [name, type] of Object.entries(types)) {
      columns.set(name, new ColumnElement({ kind: 'column', from: null, name }, toType(type)))
    }
    return new TextClause(this.text, this.binds, columns)
  }

  /** The text as a condition. */
  asCondition(): Condition {
    return this
  }
}

/**
 * SQL text with `:name` parameters; a colon that is none is written `\:`.
 * @param sql text from the program, never from input: values go in as parameters
 */
export function text(sql: string): TextClause {
  const binds = new Map<string, ExpressionNode>()
  for (const [, name] of maskQuotes(sql).matchAll(parameterForm)) {
    if (name) binds.set(name, { kind: 'bind', value: undefined, type: nullType, key: name })
  }
  return new TextClause(sql, binds)
}

/** Blanks quoted parts so that what looks like a parameter in them is left alone; lengths stay. */
function maskQuotes(sql: string): string {
  return sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, (quoted) => ' '.repeat(quoted.length))
}

/** Splits SQL text at its parameters: literal pieces and parameter names in turn. */
export function splitText(sql: string): (string | { readonly name: string })[] {
  const parts: (string | { readonly name: string })[] = []
  let end = 0
  for (const match of maskQuotes(sql).matchAll(parameterForm)) {
    parts.push(sql.slice(end, match.index).replaceAll('\\:', ':'), { name: match[1] as string })
    end = match.index + match[0].length
  }
  parts.push(sql.slice(end).replaceAll('\\:', ':'))
  return parts
}
