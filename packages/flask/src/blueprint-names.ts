/**
 * The blueprint that an endpoint belongs to, by its dotted name; `null` for the application's own.
 *
 * An anonymous view's endpoint ends with its rule, whose dots separate nothing.
 */
export function blueprintOf(endpoint: string): string | null {
  const rule = endpoint.indexOf('/')
  const dot = endpoint.lastIndexOf('.', rule === -1 ? endpoint.length : rule)
  return dot === -1 || dot === rule ? null : endpoint.slice(0, dot)
}

/** The names of a blueprint and those around it, innermost first: `a.b` gives `a.b`, `a`. */
export function blueprintPath(name: string | null): string[] {
  const path: string[] = []
  for (let rest = name; rest !== null; ) {
    path.push(rest)
    const dot = rest.lastIndexOf('.')
    rest = dot === -1 ? null : rest.slice(0, dot)
  }
  return path
}
