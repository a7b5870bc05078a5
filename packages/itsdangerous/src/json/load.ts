const constants = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN/gs

/**
 * Reads JSON as Python's `json.loads` does, that is with `NaN` and the infinities.
 *
 * @throws {SyntaxError} If the text is not JSON.
 */
export function loadJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error
    return loadWithConstants(text)
  }
}

/** Reads the constants as strings with a mark that the text does not contain, and turns them back. */
function loadWithConstants(text: string): unknown {
  let mark = '\u0001'
  while (text.includes(JSON.stringify(mark).slice(1, -1))) mark += '\u0001'
  const marked = text.replace(constants, (token) =>
    token.startsWith('"') ? token : JSON.stringify(mark + token),
  )
  return JSON.parse(marked, (_key, value) =>
    typeof value === 'string' && value.startsWith(mark) ? Number(value.slice(mark.length)) : value,
  )
}
