/** What nameprep maps to nothing (RFC 3454, table B.1). */
const IGNORED = /\u034f|[\u00ad\u1806]|[\u180b-\u180d]|[\u200b-\u200d]|\u2060|[\ufe00-\ufe0f]|\ufeff/g
/** Spaces, controls and private characters may stand in no name (RFC 3454, tables C.1.2, C.2.2, C.3). */
const PROHIBITED = /[\p{Zs}\p{Zl}\p{Zp}\p{Co}\p{Cs}\u0080-\u009f]/u
const NOT_ASCII = /[^\p{ASCII}]/u
const DOTS = /[.\u3002\uff0e\uff61]/

function adapt(delta: number, points: number, first: boolean): number {
  let rest = first ? Math.floor(delta / 700) : Math.floor(delta / 2)
  rest += Math.floor(rest / points)
  let bias = 0
  while (rest > 455) {
    rest = Math.floor(rest / 35)
    bias += 36
  }
  return bias + Math.floor((36 * rest) / (rest + 38))
}

function digit(value: number): string {
  return String.fromCharCode(value < 26 ? value + 97 : value + 22)
}

function variableLength(delta: number, bias: number): string {
  let text = ''
  let rest = delta
  for (let k = 36; ; k += 36) {
    const threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias
    if (rest < threshold) return text + digit(rest)
    text += digit(threshold + ((rest - threshold) % (36 - threshold)))
    rest = Math.floor((rest - threshold) / (36 - threshold))
  }
}

/** Punycode of one label, without its prefix (RFC 3492). */
function punycode(label: string): string {
  const points = Array.from(label, (character) => character.codePointAt(0) as number)
  const basic = points.filter((point) => point < 128)
  let output = String.fromCharCode(...basic)
  if (basic.length > 0) output += '-'
  let [handled, limit, delta, bias] = [basic.length, 128, 0, 72]
  while (handled < points.length) {
    const next = Math.min(...points.filter((point) => point >= limit))
    delta += (next - limit) * (handled + 1)
    limit = next
    for (const point of points) {
      if (point < limit) delta++
      if (point !== limit) continue
      output += variableLength(delta, bias)
      bias = adapt(delta, handled + 1, handled === basic.length)
      delta = 0
      handled++
    }
    delta++
    limit++
  }
  return output
}

function labelToAscii(label: string): string | undefined {
  let text = label
  if (NOT_ASCII.test(text)) {
    const folded = text.replace(IGNORED, '').normalize('NFKC').toLowerCase()
    text = folded.replaceAll('ß', 'ss').replaceAll('ς', 'σ').normalize('NFKC')
    if (PROHIBITED.test(text)) return undefined
    if (NOT_ASCII.test(text)) {
      if (text.startsWith('xn--')) return undefined
      text = `xn--${punycode(text)}`
    }
  }
  return text.length > 0 && text.length < 64 ? text : undefined
}

/**
 * A host name in ASCII, as DNS has it.
 *
 * @param name - A name without its port.
 * @returns The name, or `undefined` if a label of it is empty, longer than 63 octets or not allowed.
 * @see RFC 3490, section 4
 */
export function domainToAscii(name: string): string | undefined {
  if (name === '') return ''
  const labels = name.split(NOT_ASCII.test(name) ? DOTS : '.')
  const end = labels.at(-1) === '' ? labels.length - 1 : labels.length
  for (let i = 0; i < end; i++) {
    const label = labelToAscii(labels[i] as string)
    if (label === undefined) return undefined
    labels[i] = label
  }
  return labels.join('.')
}
