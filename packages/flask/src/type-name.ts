/** How an error message names the type of a value: the class, or the primitive type. */
export function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'function') return 'function'
  if (typeof value !== 'object') return typeof value
  return (value.constructor as { name?: string } | undefined)?.name || 'object'
}
