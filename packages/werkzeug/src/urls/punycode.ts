const base = 36
const lowest = 1
const highest = 26
const skew = 38
const damp = 700
const firstBias = 72
const firstCode = 128

/** The text is no Punycode, or stands for characters that do not exist. */
class PunycodeError extends Error {
  override readonly name = 'PunycodeError'

  constructor(text: string) {
    super(`${JSON.stringify(text)} is not Punycode`)
  }
}

function adapt(delta: number, points: number, first: boolean): number {
  let rest = first ? Math.floor(delta / damp) : delta >> 1
  rest += Math.floor(rest / points)
  let steps = 0
  while (rest > ((base - lowest) * highest) >> 1) {
    rest = Math.floor(rest / (base - lowest))
    steps += base
  }
  return steps + Math.floor(((base - lowest + 1) * rest) / (rest + skew))
}

function threshold(step: number, bias: number): number {
  return Math.min(Math.max(step - bias, lowest), highest)
}

function digit(value: number): string {
  return String.fromCharCode(value < 26 ? value + 0x61 : value - 26 + 0x30)
}

function variableLength(delta: number, bias: number): string {
  let text = ''
  let rest = delta
  for (let step = base; ; step += base) {
    const limit = threshold(step, bias)
    if (rest < limit) return text + digit(rest)
    text += digit(limit + ((rest - limit) % (base - limit)))
    rest = Math.floor((rest - limit) / (base - limit))
  }
}

/**
 * Writes a label in ASCII.
 *
 * @param label - Any text.
 * @see https://www.rfc-editor.org/rfc/rfc3492#section-6.3
 */
export function encodePunycode(label: string): string {
  const points = Array.from(label, (char) => char.codePointAt(0)!)
  const basic = points.filter((point) => point < firstCode)
  let output = String.fromCharCode(...basic)
  if (basic.length > 0) output += '-'
  let code = firstCode
  let delta = 0
  let bias = firstBias
  let done = basic.length
  while (done < points.length) {
    const next = Math.min(...points.filter((point) => point >= code))
    delta += (next - code) * (done + 1)
    code = next
    for (const point of points) {
      if (point < code) delta++
      if (point !== code) continue
      output += variableLength(delta, bias)
      bias = adapt(delta, done + 1, done === basic.length)
      delta = 0
      done++
    }
    delta++
    code++
  }
  return output
}

function digitValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 26
  const lower = code | 0x20
  return lower >= 0x61 && lower <= 0x7a ? lower - 0x61 : base
}

/**
 * Reads a label that was written in ASCII.
 *
 * @param text - Without the `xn--`.
 * @throws PunycodeError
 * @see https://www.rfc-editor.org/rfc/rfc3492#section-6.2
 */
export function decodePunycode(text: string): string {
  const dash = text.lastIndexOf('-')
  const points = Array.from(text.slice(0, Math.max(dash, 0)), (char) => char.charCodeAt(0))
  let at = dash === -1 ? 0 : dash + 1
  let code = firstCode
  let place = 0
  let bias = firstBias
  while (at < text.length) {
    const before = place
    let weight = 1
    for (let step = base; ; step += base) {
      const value = at < text.length ? digitValue(text.charCodeAt(at++)) : base
      if (value >= base) throw new PunycodeError(text)
      place += value * weight
      const limit = threshold(step, bias)
      if (value < limit) break
      weight *= base - limit
    }
    bias = adapt(place - before, points.length + 1, before === 0)
    code += Math.floor(place / (points.length + 1))
    if (code > 0x10ffff) throw new PunycodeError(text)
    place %= points.length + 1
    points.splice(place++, 0, code)
  }
  return String.fromCodePoint(...points)
}
