/** A string as a TypeScript literal. */
export function quoted(text: string): string {
  const literal = JSON.stringify(text)
  if (text.includes("'") && !text.includes('"')) return literal
  return `'${literal.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

/** A string or `null`. */
export function quotedOrNull(text: string | null): string {
  return text === null ? 'null' : quoted(text)
}

/** A list of strings. */
export function quotedList(texts: readonly string[]): string {
  return `[${texts.map(quoted).join(', ')}]`
}

/** A key of an object, in quotes only where it needs them. */
export function propertyKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key)
}

/** The entries of an object that are set; `''` for none. */
export function objectOf(entries: readonly (readonly [string, string | undefined])[]): string {
  const set = entries.filter(([, value]) => value !== undefined)
  if (set.length === 0) return ''
  return `{ ${set.map(([key, value]) => `${key}: ${value}`).join(', ')} }`
}

/** The arguments of a call; empty ones at the end are left out. */
export function call(name: string, ...args: readonly string[]): string {
  return `${name}(${args.filter((arg) => arg !== '').join(', ')})`
}

/** Lines one level further in. */
export function indented(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? line : `  ${line}`))
}
