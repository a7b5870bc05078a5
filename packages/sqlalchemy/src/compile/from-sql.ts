import { CompileError } from '../errors/base-errors.ts'
import { Alias, Cte, FunctionFrom, Join, Subquery } from '../expression/from-clause.ts'
import type { FromElement } from '../expression/node.ts'
import { TableSchema } from '../schema/table.ts'
import type { Compilation } from './compilation.ts'
import { quoteQualified } from './traits.ts'

/** What a run of the compiler keeps of common table expressions and nested FROM queries. */
export interface FromHost extends Compilation {
  /** Writes the CTE once, before the statement. */
  useCte(cte: Cte): void
  /** A query in FROM, which does not see the elements beside it unless it is lateral. */
  independent(query: Subquery): string
}

function joinSql(host: FromHost, join: Join): string {
  const words = { inner: 'JOIN', left: 'LEFT OUTER JOIN', full: 'FULL OUTER JOIN' } as const
  const right = host.from(join.right)
  const side = join.right instanceof Join ? `(${right})` : right
  return `${host.from(join.left)} ${words[join.kind]} ${side} ON ${host.node(join.on.node)}`
}

/** Writes a FROM element. */
export function fromSql(host: FromHost, from: FromElement): string {
  if (from instanceof TableSchema) return quoteQualified(from.schema, from.name, host.traits)
  if (from instanceof Join) return joinSql(host, from)
  if (from instanceof Alias) {
    const { element } = from
    if (element instanceof Cte) host.useCte(element)
    const text = element instanceof Cte ? host.quote(element.name) : host.from(element)
    return `${text} AS ${host.nameOf(from)}`
  }
  if (from instanceof Subquery) {
    return `${from.lateral ? 'LATERAL ' : ''}(${host.independent(from)}) AS ${host.nameOf(from)}`
  }
  if (from instanceof Cte) {
    host.useCte(from)
    return host.quote(from.name)
  }
  if (from instanceof FunctionFrom) return functionFrom(host, from)
  throw new CompileError(`'${from.fromKind}' cannot stand in FROM`)
}

function functionFrom(host: FromHost, from: FunctionFrom): string {
  const call = host.element(from.call)
  if (host.traits.name !== 'postgresql') return `${call} AS ${host.nameOf(from)}`
  const columns = [...from.columns.keys()].map((name) => host.quote(name)).join(', ')
  return columns ? `${call} AS ${host.nameOf(from)}(${columns})` : `${call} AS ${host.nameOf(from)}`
}
