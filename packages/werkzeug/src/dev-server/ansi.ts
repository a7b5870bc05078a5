/** Numbers of the SGR sequences that the server's lines use. */
const CODES = { bold: 1, red: 31, green: 32, yellow: 33, magenta: 35, cyan: 36 } as const

/** How a text can look on a terminal. */
export type AnsiStyle = keyof typeof CODES

/** Whether what is written to standard error may be coloured: `NO_COLOR` and `FORCE_COLOR` decide before the terminal. */
function stderrHasColors(): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  return process.stderr.isTTY === true
}

/** A text with styles around it, if standard error shows any. */
export function styled(text: string, ...styles: readonly AnsiStyle[]): string {
  if (styles.length === 0 || !stderrHasColors()) return text
  return `${styles.map((style) => `\x1b[${CODES[style]}m`).join('')}${text}\x1b[0m`
}
