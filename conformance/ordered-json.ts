/** Stands before keys that look like an index, which JavaScript's objects would move to the front. */
const MARK = '\u0001index:'

/** A string of JSON, and the colon after it if it is a key. */
const STRINGS = /"(?:[^"\\]|\\.)*"(\s*:)?/g
const INDEX = /^"(?:0|[1-9]\d{0,9})"/

function restored(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(restored)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const members = entries.map(([key, member]) => [key.replace(MARK, ''), restored(member)] as const)
  return entries.some(([key]) => key.startsWith(MARK)) ? new Map(members) : Object.fromEntries(members)
}

/** Reads JSON; an object with a key that looks like an index becomes a `Map`, which keeps the order of its keys. */
export function parseOrdered(text: string): unknown {
  let found = false
  const marked = text.replace(STRINGS, (string, colon: string | undefined) => {
    if (colon === undefined || !INDEX.test(string)) return string
    found = true
    return `"\\u0001index:${string.slice(1)}`
  })
  return found ? restored(JSON.parse(marked)) : JSON.parse(text)
}
