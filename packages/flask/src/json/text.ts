const NOT_PLAIN = /[^ !#-[\]-~]/
const NOT_ASCII = /[\u007f-\uffff]/g

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** A string as JSON text; with `ensureAscii`, DEL and everything beyond ASCII as `\uXXXX`, as Python writes it. */
export function stringToJson(text: string, ensureAscii: boolean): string {
  if (!NOT_PLAIN.test(text)) return `"${text}"`
  const quoted = JSON.stringify(text)
  return ensureAscii ? quoted.replace(NOT_ASCII, unicodeEscape) : quoted
}
