import type { Callable } from './call.ts'
import { defineFunction } from './signature.ts'

/** The methods of a type by their Python names; each takes the value first. */
export type MethodTable = Readonly<Record<string, Callable>>

/** A method's signature and what it does. */
export type MethodEntry = readonly [signature: string, method: (...args: never[]) => unknown]

/** A table of methods by the names in their signatures; it has no prototype, so nothing else can be found in it. */
export function methodTable(entries: readonly MethodEntry[]): MethodTable {
  const table: Record<string, Callable> = Object.create(null)
  for (const [signature, method] of entries) {
    table[signature.slice(0, signature.indexOf('('))] = defineFunction(signature, method, 1)
  }
  return Object.freeze(table)
}
