import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The calls that give names to templates. */
const CALL = /\b(?:renderTemplate|renderTemplateString|streamTemplate|streamTemplateString)\s*\(/g
/** Strings and comments, which may hold brackets and commas that mean nothing. */
const OPAQUE = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|\/\/.*|\/\*[\s\S]*?\*\//y
const KEY = /(?:([A-Za-z_$][\w$]*)|'([^']*)'|"([^"]*)")\s*[:,}(]/y
const SPACE = /(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)*/y

/** What the calls in some sources give their templates. */
export interface GivenNames {
  readonly names: ReadonlySet<string>
  /** Where a call gives values that are not written out: `file:line`. */
  readonly unreadable: readonly string[]
}

function end(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

/** The end of an expression: the comma or closing bracket behind it. */
function expressionEnd(text: string, begin: number): number {
  let depth = 0
  for (let at = begin; at < text.length; at++) {
    const opaque = end(OPAQUE, text, at)
    if (opaque > at) {
      at = opaque - 1
      continue
    }
    const char = text[at] as string
    if (depth === 0 && (char === ',' || char === ')' || char === '}')) return at
    if ('([{'.includes(char)) depth++
    else if (')]}'.includes(char)) depth--
  }
  return text.length
}

/** The keys of the object that begins after a brace; null if they are not all written out. */
function keys(text: string, begin: number): string[] | null {
  const found: string[] = []
  for (let at = end(SPACE, text, begin); text[at] !== '}'; at = end(SPACE, text, at)) {
    KEY.lastIndex = at
    const match = KEY.exec(text)
    if (match === null) return null
    found.push((match[1] ?? match[2] ?? match[3]) as string)
    at = expressionEnd(text, at)
    if (text[at] === ',') at++
  }
  return found
}

/** The names that a call gives, from behind its opening bracket; null if they are not all written out. */
function namesOfCall(text: string, begin: number): string[] | null {
  const comma = expressionEnd(text, begin)
  if (text[comma] !== ',') return []
  const at = end(SPACE, text, comma + 1)
  if (text[at] === ')') return []
  return text[at] === '{' ? keys(text, at + 1) : null
}

/** The names that the calls in one source give to templates. */
function namesInSource(text: string, file: string): GivenNames {
  const names = new Set<string>()
  const unreadable: string[] = []
  for (const { index, 0: call } of text.matchAll(CALL)) {
    const given = namesOfCall(text, index + call.length)
    if (given === null) unreadable.push(`${file}:${text.slice(0, index).split('\n').length}`)
    for (const name of given ?? []) names.add(name)
  }
  return { names, unreadable }
}

const SKIPPED = /(?:^|[/\\])(?:node_modules|dist|\.[^/\\]+)$/

/** The names that all sources below some folders give to templates. */
export function namesInFolders(folders: readonly string[]): GivenNames {
  const names = new Set<string>()
  const unreadable: string[] = []
  const files = folders.flatMap((folder) =>
    globSync('**/*.{ts,mts,tsx,js,mjs,jsx}', { cwd: folder, exclude: (path) => SKIPPED.test(path) }).map(
      (file) => join(folder, file),
    ),
  )
  for (const file of new Set(files)) {
    const found = namesInSource(readFileSync(file, 'utf8'), file)
    for (const name of found.names) names.add(name)
    unreadable.push(...found.unreadable)
  }
  return { names, unreadable }
}
