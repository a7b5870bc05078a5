import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { AppImportError } from '../errors.ts'

/** Where an application is: a file, a name in it, and arguments if the name is to be called. */
export interface AppSpec {
  /** Absolute. */
  readonly file: string
  /** A dotted name; `undefined` for the usual ones. */
  readonly name: string | undefined
  /** `undefined` if the name is not to be called. */
  readonly args: readonly unknown[] | undefined
}

const extensions = ['.ts', '.mts', '.js', '.mjs', '.cts', '.cjs']

/**
 * Reads `module:name`, `module:factory(1, 'two')`, or a path, relative to a folder.
 *
 * @throws AppImportError if it is malformed or no such file exists.
 */
export function parseAppSpec(text: string, folder: string): AppSpec {
  const match = /^(.+?\.[cm]?[jt]s|[^:]+)(?::([\w$.]+)(?:\((.*)\))?)?$/s.exec(text.trim())
  if (match === null) {
    throw new AppImportError(
      `Failed to parse '${text}' as an application: write module:name, module:factory() or a path.`,
    )
  }
  const [, module = '', name, args] = match
  return {
    file: moduleFile(module, folder),
    name,
    args: args === undefined ? undefined : literalArguments(args, text),
  }
}

/** A module is a path with or without its extension, a folder with an index, or has dots as in Python. */
function moduleFile(module: string, folder: string): string {
  const bases = [resolve(folder, module)]
  if (/^\w+(\.\w+)+$/.test(module)) bases.push(resolve(folder, module.replaceAll('.', '/')))
  for (const base of bases) {
    const candidates = [base, ...extensions.map((extension) => base + extension)]
    candidates.push(...extensions.map((extension) => resolve(base, `index${extension}`)))
    const found = candidates.find((path) => existsSync(path) && statSync(path).isFile())
    if (found !== undefined) return found
  }
  throw new AppImportError(
    `No module named '${module}': there is no ${module}.ts, .js or .mjs in ${folder} (--chdir changes the folder).`,
  )
}

/** Arguments are literals, as in the original: numbers, texts, true, false, null, lists and objects of them. */
function literalArguments(text: string, spec: string): readonly unknown[] {
  const json = text
    .replace(/'((?:[^'\\]|\\.)*)'/g, (_, inner: string) => JSON.stringify(inner.replaceAll("\\'", "'")))
    .replace(/\bTrue\b/g, 'true')
    .replace(/\bFalse\b/g, 'false')
    .replace(/\b(None|undefined)\b/g, 'null')
  try {
    return JSON.parse(`[${json}]`)
  } catch {
    throw new AppImportError(
      `Failed to parse the arguments in '${spec}': only literals may stand there, such as 1, 'two' or true.`,
    )
  }
}
