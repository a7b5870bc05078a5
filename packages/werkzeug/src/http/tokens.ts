const tokenOnly = /^[!#$%&'*+\-.0-9A-Z^_`a-z|~]+$/
const special = /[\\"]/g
const escaped = /\\([^\n])/g

/**
 * Puts a header value in double quotes, unless it is a token.
 *
 * @param value - The text to quote; a number stands for its digits.
 * @param allowToken - `false` quotes tokens as well.
 * @see https://httpwg.org/specs/rfc9110.html#quoted.strings
 */
export function quoteHeaderValue(value: string | number, allowToken = true): string {
  const text = String(value)
  if (allowToken && tokenOnly.test(text)) return text
  return `"${text.replace(special, '\\$&')}"`
}

/**
 * Takes the double quotes and backslashes off a header value; a value that is not quoted comes back as it is.
 *
 * @param value - One item of a header.
 */
export function unquoteHeaderValue(value: string): string {
  if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value
  return value.slice(1, -1).replace(escaped, '$1')
}
