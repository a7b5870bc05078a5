interface Block {
  readonly a: number
  readonly b: number
  readonly size: number
}

/** Characters that are in more than a hundredth of a long text say nothing about likeness. */
function positions(text: readonly string[]): Map<string, number[]> {
  const found = new Map<string, number[]>()
  text.forEach((character, at) => {
    const list = found.get(character)
    if (list === undefined) found.set(character, [at])
    else list.push(at)
  })
  if (text.length >= 200) {
    const popular = Math.floor(text.length / 100) + 1
    for (const [character, list] of found) if (list.length > popular) found.delete(character)
  }
  return found
}

function longestMatch(
  a: readonly string[],
  b: readonly string[],
  places: Map<string, number[]>,
  [aLow, aHigh, bLow, bHigh]: readonly [number, number, number, number],
): Block {
  let best: Block = { a: aLow, b: bLow, size: 0 }
  let lengths = new Map<number, number>()
  for (let i = aLow; i < aHigh; i++) {
    const next = new Map<number, number>()
    for (const j of places.get(a[i] as string) ?? []) {
      if (j < bLow) continue
      if (j >= bHigh) break
      const size = (lengths.get(j - 1) ?? 0) + 1
      next.set(j, size)
      if (size > best.size) best = { a: i - size + 1, b: j - size + 1, size }
    }
    lengths = next
  }
  let { a: atA, b: atB, size } = best
  while (atA > aLow && atB > bLow && a[atA - 1] === b[atB - 1]) {
    atA--
    atB--
    size++
  }
  while (atA + size < aHigh && atB + size < bHigh && a[atA + size] === b[atB + size]) size++
  return { a: atA, b: atB, size }
}

/**
 * How alike two texts are: twice the matching characters by the sum of the lengths, after Ratcliff and Obershelp.
 *
 * @returns From 0 (nothing in common) to 1 (equal).
 */
export function similarity(left: string, right: string): number {
  const a = [...left]
  const b = [...right]
  if (a.length + b.length === 0) return 1
  const places = positions(b)
  const queue: [number, number, number, number][] = [[0, a.length, 0, b.length]]
  let matching = 0
  for (let range = queue.pop(); range !== undefined; range = queue.pop()) {
    const { a: atA, b: atB, size } = longestMatch(a, b, places, range)
    if (size === 0) continue
    matching += size
    if (range[0] < atA && range[2] < atB) queue.push([range[0], atA, range[2], atB])
    if (atA + size < range[1] && atB + size < range[3])
      queue.push([atA + size, range[1], atB + size, range[3]])
  }
  return (2 * matching) / (a.length + b.length)
}
