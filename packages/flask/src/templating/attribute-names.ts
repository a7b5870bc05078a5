const known = new Map<string, string | null>()

/**
 * The camelCase form of a snake_case name, so that a template from Python finds `request.view_args`.
 *
 * @returns `null` for a name without underscores between letters.
 */
export function camelCaseName(name: string): string | null {
  const cached = known.get(name)
  if (cached !== undefined) return cached
  const camel = name.replace(/(?<=[a-z0-9])_+([a-z0-9])/gi, (_all, letter: string) => letter.toUpperCase())
  const result = camel === name ? null : camel
  // Names come from templates, of which there are only so many; names made at run time must not pile up.
  if (known.size < 10_000) known.set(name, result)
  return result
}
