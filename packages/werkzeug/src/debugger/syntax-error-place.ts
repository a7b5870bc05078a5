import { readFileSync } from 'node:fs'
import { pathOf } from './script-kinds.ts'
import { lastSyntaxProblem } from './syntax-problems.ts'

/** Where something is wrong that was never run. */
export interface ErrorPlace {
  readonly what: string
  readonly file: string
  readonly line: number
  readonly column: number
}

/** `file:line` and the source, as Node puts them before the name of a syntax error; mostly with a caret below it. */
const HEAD = /^(\S[^\n]*):(\d+)\n([\s\S]*?)\n\w*SyntaxError/

function headPlace(stack: string): ErrorPlace | undefined {
  const [, file, line, source] = HEAD.exec(stack) ?? []
  if (file === undefined || source === undefined) return undefined
  const [, indent] = /\n(\s*)\^/.exec(source) ?? []
  const column = indent === undefined ? 0 : indent.length + 1
  return { what: '<module>', file: pathOf(file), line: Number(line), column }
}

/** The line of an import that leads nowhere. */
function importPlace(message: string): ErrorPlace | undefined {
  const [, wanted, file] =
    /Cannot find (?:module|package) '(.+?)' imported from (\/\S.*)$/.exec(message) ?? []
  if (wanted === undefined || file === undefined) return undefined
  const name = wanted.split('/').at(-1)!
  try {
    const lines = readFileSync(file, 'utf8').split('\n')
    const at = lines.findIndex((text) => /\b(?:import|from)\b/.test(text) && text.includes(name))
    return {
      what: '<module>',
      file,
      line: Math.max(at + 1, 1),
      column: Math.max(lines[at]?.indexOf(name) ?? 0, 0) + 1,
    }
  } catch (error) {
    // The file may be gone by now; then the message has to do.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** The place that an error of parsing or loading speaks of, which no frame of its stack shows. */
export function placeOfSyntaxError(error: unknown): ErrorPlace | undefined {
  if (!(error instanceof Error)) return undefined
  const { lineno, filename, code } = error as { lineno?: unknown; filename?: unknown; code?: unknown }
  if (typeof lineno === 'number' && typeof filename === 'string') {
    return { what: 'template', file: filename, line: lineno, column: 0 }
  }
  if (code === 'ERR_MODULE_NOT_FOUND') return importPlace(error.message)
  if (!(error instanceof SyntaxError)) return undefined
  const place = headPlace(error.stack ?? '')
  if (place !== undefined) return place
  const problem = (error.stack ?? '').includes('node:internal/modules') ? lastSyntaxProblem() : undefined
  return problem === undefined ? undefined : { what: '<module>', ...problem }
}
