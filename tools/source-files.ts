import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

/** One import or re-export of a source file. */
export interface ImportLine {
  /** What stands between the quotes. */
  readonly specifier: string
  /** The names taken, as the other file calls them; `*` for all of them. */
  readonly names: readonly string[]
}

/** A source file of the repository, by its path from the root. */
export interface SourceFile {
  readonly path: string
  readonly text: string
  readonly imports: readonly ImportLine[]
}

const statement =
  /^[ \t]*(?:import|export)\s+(?:type\s+)?(?:(?<all>\*(?:\s+as\s+\w+)?)|(?<default>\w+)?\s*,?\s*(?:\{(?<names>[^}]*)\})?)\s*from\s*'(?<from>[^']+)'/gm
const dynamic = /\bimport\(\s*'([^']+)'\s*\)(?:\.(\w+))?/g
const bare = /^import\s+'([^']+)'/gm

/** The imports of a file's text, dynamic ones and those in types included. */
export function importsOf(text: string): ImportLine[] {
  const found: ImportLine[] = []
  for (const match of text.matchAll(statement)) {
    const { all, names, from } = match.groups as Record<string, string | undefined>
    const taken = (names ?? '')
      .split(',')
      .map((name) =>
        name
          .trim()
          .replace(/^type\s+/, '')
          .split(/\s+as\s+/)[0]!
          .trim(),
      )
      .filter((name) => name !== '')
    found.push({ specifier: from!, names: all === undefined ? taken : ['*'] })
  }
  for (const [, specifier, name] of text.matchAll(dynamic)) {
    found.push({ specifier: specifier!, names: [name ?? '*'] })
  }
  for (const [, specifier] of text.matchAll(bare)) found.push({ specifier: specifier!, names: [] })
  return found
}

/** Every TypeScript file that git knows or would add, below the given folders. */
export function sourceFiles(...patterns: readonly string[]): SourceFile[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--', ...patterns], {
    encoding: 'utf8',
  })
  const paths = [...new Set(listed.split('\n'))].filter((path) => path.endsWith('.ts')).sort()
  return paths.flatMap((path) => {
    const text = readIfThere(path)
    return text === undefined ? [] : [{ path, text, imports: importsOf(text) }]
  })
}

/** A file that git lists may have been removed in the work tree. */
function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** The path from the root of a relative import. */
export function resolveRelative(from: string, specifier: string): string {
  return normalize(join(dirname(from), specifier))
}

/** The package folder of a path such as `packages/wsgi/src/index.ts`, or `undefined` outside of `packages/`. */
export function packageOf(path: string): string | undefined {
  return /^packages\/([^/]+)\//.exec(path)?.[1]
}
