/** Texts in the order of their code points, as Python sorts them; that is the order of their UTF-8 bytes. */
export function pythonSorted(texts: readonly string[]): string[] {
  return [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
}
