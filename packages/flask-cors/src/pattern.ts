/**
 * What a setting compares with: text, a pattern, or a function of one's own.
 *
 * Text that holds one of `* \ ] ? $ ^ [ ( )` counts as a pattern. Patterns match from the start, but not to the
 * end: write `$` there.
 */
export type Pattern = string | RegExp

/** Whether a value is equal to a text or matches a pattern. */
export type Matcher = (value: string) => boolean

const patternCharacters = /[*\\\]?$^[()]/

/** Whether a setting is a pattern rather than plain text. */
export function isPattern(setting: Pattern): boolean {
  return setting instanceof RegExp || patternCharacters.test(setting)
}

/** The text of a pattern as its author wrote it, without the slashes that `RegExp` escapes. */
export function patternText(setting: Pattern): string {
  return setting instanceof RegExp ? setting.source.replaceAll('\\/', '/') : setting
}

/** `*` alone stands for the pattern that matches all. */
export function expandWildcard<Setting>(setting: Setting): Setting | '.*' {
  return setting === '*' ? '.*' : setting
}

const neverMatches: Matcher = () => false

/**
 * Makes the comparison of a setting.
 *
 * A text pattern that is not a valid one matches nothing. Compiled patterns keep their own flags.
 *
 * @param ignoreCase - For text: origins and header names ignore case, paths do not.
 */
export function matcher(setting: Pattern, ignoreCase: boolean): Matcher {
  if (setting === '.*') return isOneLine
  if (setting instanceof RegExp) return fromStart(setting.source, setting.flags)
  if (isPattern(setting)) {
    const source = fromPython(setting)
    return source === undefined ? neverMatches : fromStart(source, ignoreCase ? 'i' : '')
  }
  if (!ignoreCase) return (value) => value === setting
  const folded = foldCase(setting)
  return (value) => value === setting || foldCase(value) === folded
}

/** `.*` matches from the start of any text, the empty one included. */
const isOneLine: Matcher = () => true

function foldCase(text: string): string {
  return text.toUpperCase().toLowerCase()
}

function fromStart(source: string, flags: string): Matcher {
  let compiled: RegExp
  try {
    compiled = new RegExp(source, `${flags.replace(/[gy]/g, '')}y`)
  } catch (error) {
    if (error instanceof SyntaxError) return neverMatches
    throw error
  }
  return (value) => {
    compiled.lastIndex = 0
    return compiled.test(value)
  }
}

/** Escapes of a letter or digit that mean the same in both languages. */
const sharedEscape = /^[bBdDsSwWfnrtvxu1-9]$/
const construct = /\\([\s\S])|\(\?P<(\w+)>|\(\?P=(\w+)\)|\(\?#[^)]*\)|\{,(\d+)\}/g

/**
 * A Python pattern in JavaScript's syntax, or `undefined` for an escape that Python refuses.
 */
function fromPython(pattern: string): string | undefined {
  let valid = true
  const source = pattern.replace(construct, (whole, escaped, group, reference, most) => {
    if (group !== undefined) return `(?<${group}>`
    if (reference !== undefined) return `\\k<${reference}>`
    if (most !== undefined) return `{0,${most}}`
    if (escaped === undefined) return ''
    if (escaped === 'A') return '^'
    if (escaped === 'Z') return '$'
    if (escaped === 'a') return '\\x07'
    if (/[A-Za-z]/.test(escaped) && !sharedEscape.test(escaped)) valid = false
    return whole
  })
  return valid ? source : undefined
}
