/** Texts in the order of their code points, as Python sorts them. */
export function pythonSorted(texts: readonly string[]): string[] {
  return [...texts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}
