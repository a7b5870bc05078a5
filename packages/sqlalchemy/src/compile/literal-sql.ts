import { CompileError } from '../errors/base-errors.ts'
import { nullType, type TypeEngine } from '../types/type-engine.ts'
import type { DialectTraits } from './traits.ts'

/** Writes text as a SQL string literal. */
export function quoteText(text: string, traits: DialectTraits): string {
  const escaped = text.replaceAll("'", "''")
  return `'${traits.name === 'mysql' ? escaped.replaceAll('\\', '\\\\') : escaped}'`
}

/** Writes a value as a literal, where parameters are not possible: DDL and offline scripts. */
export function literalSql(value: unknown, type: TypeEngine, traits: DialectTraits): string {
  const bound = type === nullType ? value : type.bind(value, traits.name)
  if (bound === null || bound === undefined) return 'NULL'
  if (typeof bound === 'number' || typeof bound === 'bigint') return String(bound)
  if (typeof bound === 'boolean') return traits.name === 'sqlite' ? String(Number(bound)) : String(bound)
  if (typeof bound === 'string') return quoteText(bound, traits)
  if (bound instanceof Uint8Array) {
    const digits = Buffer.from(bound).toString('hex')
    return traits.name === 'postgresql' ? `'\\x${digits}'` : `X'${digits}'`
  }
  throw new CompileError(`No literal value renderer is available for ${typeof value} value ${String(value)}`)
}
