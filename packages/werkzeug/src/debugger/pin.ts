import { randomInt } from 'node:crypto'

/**
 * The PIN that opens the consoles: the one of `WERKZEUG_DEBUG_PIN`, or nine random digits.
 *
 * @returns `null` if the variable is `off`.
 * @see https://werkzeug.palletsprojects.com/en/stable/debug/#debugger-pin
 */
export function makePin(): string | null {
  const wanted = process.env.WERKZEUG_DEBUG_PIN
  if (wanted === 'off') return null
  if (wanted !== undefined && /^\d[\d-]*$/.test(wanted))
    return wanted.includes('-') ? wanted : grouped(wanted)
  return grouped(String(randomInt(1_000_000_000)).padStart(9, '0'))
}

/** Groups of five, four or three digits are easier to carry over. */
function grouped(digits: string): string {
  const size = [5, 4, 3].find((length) => digits.length % length === 0)
  if (size === undefined) return digits
  return digits.match(new RegExp(`.{${size}}`, 'g'))!.join('-')
}

/** What the terminal shows of the debugger. */
export function pinLines(pin: string | null): string[] {
  const state = pin === null ? 'PIN disabled. DEBUGGER UNSECURED!' : `PIN: ${pin}`
  return [' * Debugger is active!', ` * Debugger ${state}`]
}
