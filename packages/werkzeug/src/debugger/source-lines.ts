import { readFileSync, statSync } from 'node:fs'

const MAX_BYTES = 2_000_000

/** The text of a file, read anew at every call; `undefined` if there is none, or it is no text to show. */
export function readSource(file: string): string | undefined {
  try {
    if (statSync(file).size > MAX_BYTES) return undefined
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // Names of templates from a dictionary, `node:` addresses and deleted files are no files.
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR' || code === 'EACCES') return undefined
    throw error
  }
}

/** The lines around one. */
export interface Excerpt {
  /** The number of the first line, from 1. */
  readonly first: number
  readonly lines: readonly string[]
}

/** The lines around a line of a text; `undefined` if it has no such line. */
export function excerptOf(source: string, line: number, around: number): Excerpt | undefined {
  const lines = source.split(/\r?\n/)
  if (line < 1 || line > lines.length) return undefined
  const first = Math.max(1, line - around)
  return { first, lines: lines.slice(first - 1, line + around) }
}
