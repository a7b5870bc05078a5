import { SettingError } from '../errors.ts'

/**
 * Splits a text into arguments as a shell does: blanks between them, quotes around those that hold blanks.
 *
 * @throws SettingError if a quote is not closed.
 */
export function splitArgs(text: string): string[] {
  const args: string[] = []
  let current: string | undefined
  let quote = ''
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    const escapes = char === '\\' && quote !== "'" && i + 1 < text.length
    if (escapes) {
      current = (current ?? '') + text[++i]
    } else if (quote !== '') {
      if (char === quote) quote = ''
      else current += char
    } else if (char === '"' || char === "'") {
      quote = char
      current ??= ''
    } else if (/\s/.test(char)) {
      if (current !== undefined) args.push(current)
      current = undefined
    } else {
      current = (current ?? '') + char
    }
  }
  if (quote !== '') throw new SettingError(`GUNICORN_CMD_ARGS has an unclosed quote: ${text}`)
  if (current !== undefined) args.push(current)
  return args
}
