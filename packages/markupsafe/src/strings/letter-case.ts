const CASED = /\p{Cased}/u
const UPPER = /\p{Uppercase}|\p{Lt}/u
const LOWER = /\p{Lowercase}/u
// Letters made of two, whose third form has only the first of them in upper case.
const DIGRAPHS: Readonly<Record<string, string>> = {
  Ǆ: 'ǅ',
  ǅ: 'ǅ',
  ǆ: 'ǅ',
  Ǉ: 'ǈ',
  ǈ: 'ǈ',
  ǉ: 'ǈ',
  Ǌ: 'ǋ',
  ǋ: 'ǋ',
  ǌ: 'ǋ',
  Ǳ: 'ǲ',
  ǲ: 'ǲ',
  ǳ: 'ǲ',
}

function titleLetter(letter: string): string {
  const digraph = DIGRAPHS[letter]
  if (digraph !== undefined) return digraph
  const upper = letter.toUpperCase()
  if (upper.length === letter.length) return upper
  const [first = '', ...rest] = upper
  return first + rest.join('').toLowerCase()
}

/** The first letter in upper case, everything after it in lower case. */
export function capitalize(text: string): string {
  if (text === '') return text
  const first = String.fromCodePoint(text.codePointAt(0) as number)
  // Lowered as a whole, because a final sigma depends on what stands before it.
  return titleLetter(first) + text.toLowerCase().slice(first.toLowerCase().length)
}

/** Every letter that follows no letter in upper case, the others in lower case. */
export function title(text: string): string {
  let out = ''
  let word = ''
  const flush = (): void => {
    if (word !== '') out += capitalize(word)
    word = ''
  }
  for (const point of text) {
    if (CASED.test(point)) {
      word += point
    } else {
      flush()
      out += point
    }
  }
  flush()
  return out
}

/** Upper case to lower and lower to upper. */
export function swapCase(text: string): string {
  const points = Array.from(text)
  // Lowered as a whole, because a final sigma depends on what stands around it.
  const lowered = Array.from(text.toLowerCase())
  const lower = (point: string, index: number): string =>
    lowered.length === points.length ? (lowered[index] as string) : point.toLowerCase()
  return points
    .map((point, index) => (UPPER.test(point) ? lower(point, index) : point.toUpperCase()))
    .join('')
}

/** The form in which texts are compared regardless of case. */
export function casefold(text: string): string {
  let out = ''
  for (const point of text.toLowerCase()) {
    const upper = point.toUpperCase()
    if (upper.length > point.length) out += upper.toLowerCase()
    else if (point === 'ς' || point === 'ſ' || point === 'µ') out += upper.toLowerCase()
    else out += point
  }
  return out.replaceAll('ς', 'σ')
}

/** Whether there are cased letters and all of them are in lower case. */
export function isLower(text: string): boolean {
  let seen = false
  for (const point of text) {
    if (UPPER.test(point)) return false
    if (LOWER.test(point)) seen = true
  }
  return seen
}

/** Whether there are cased letters and all of them are in upper case. */
export function isUpper(text: string): boolean {
  let seen = false
  for (const point of text) {
    if (LOWER.test(point) || /\p{Lt}/u.test(point)) return false
    if (UPPER.test(point)) seen = true
  }
  return seen
}

/** Whether words begin in upper case, go on in lower case, and there is at least one. */
export function isTitle(text: string): boolean {
  let seen = false
  let inWord = false
  for (const point of text) {
    if (UPPER.test(point)) {
      if (inWord) return false
      inWord = true
      seen = true
    } else if (LOWER.test(point)) {
      if (!inWord) return false
      seen = true
    } else {
      inWord = false
    }
  }
  return seen
}
