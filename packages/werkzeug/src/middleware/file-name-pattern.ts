/**
 * Makes a regular expression of a shell pattern, as Python's `fnmatch` does: `*` stands for any characters, `?` for
 * one, `[abc]` and `[!abc]` for one of a set.
 */
export function fileNamePattern(pattern: string): RegExp {
  let source = ''
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at]!
    if (char === '*') source += '.*'
    else if (char === '?') source += '.'
    else if (char !== '[') source += char.replace(/[\\^$.*+?()[\]{}|]/, '\\$&')
    else {
      // A bracket directly behind the opening one belongs to the set.
      const close = pattern.indexOf(']', at + (pattern[at + 1] === '!' ? 3 : 2))
      if (close === -1) source += '\\['
      else {
        source += characterSet(pattern.slice(at + 1, close))
        at = close
      }
    }
  }
  return new RegExp(`^${source}$`, 's')
}

function characterSet(members: string): string {
  const negated = members.startsWith('!')
  const set = (negated ? members.slice(1) : members).replace(/[\\[\]^]/g, '\\$&')
  return `[${negated ? '^' : ''}${set}]`
}
