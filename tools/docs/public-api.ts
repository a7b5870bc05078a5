import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Declaration, nameOf, namesIn, statementsOf } from './declarations.ts'

/** A public name, with everything that declares it: overloads, or an interface and a class of one name. */
export interface PublicSymbol {
  readonly name: string
  readonly declarations: readonly Declaration[]
  /** Where it is declared, from the root of the repository. */
  readonly file: string
}

/** One entry of a package's `exports`. */
export interface Entry {
  /** As a program imports it: `@flask-ts/werkzeug/exceptions`. */
  readonly specifier: string
  readonly folder: string
  /** What the entry says of itself. */
  readonly doc: string
  readonly symbols: readonly PublicSymbol[]
}

interface Manifest {
  readonly name: string
  readonly exports?: Readonly<Record<string, string>>
}

const parsed = new Map<string, readonly Declaration[]>()

function statementsIn(file: string): readonly Declaration[] {
  let statements = parsed.get(file)
  if (statements === undefined) {
    if (!existsSync(file)) throw new Error(`docs: ${file} is not there: npm run build makes it`)
    statements = statementsOf(readFileSync(file, 'utf8'))
    parsed.set(file, statements)
  }
  return statements
}

const manifests: readonly (readonly [folder: string, manifest: Manifest])[] = globSync(
  'packages/*/package.json',
)
  .sort()
  .map((path) => [dirname(path), JSON.parse(readFileSync(path, 'utf8')) as Manifest])

function declarationFile(folder: string, target: string): string {
  return join(folder, target.replace('./src/', 'dist/').replace(/\.ts$/, '.d.ts'))
}

/** The declaration file of what a file imports; `undefined` for a package that is not ours. */
function resolveFrom(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return join(dirname(file), specifier).replace(/\.(ts|js)$/, '.d.ts')
  for (const [folder, { name, exports = {} }] of manifests) {
    const key =
      specifier === name ? '.' : specifier.startsWith(`${name}/`) ? `.${specifier.slice(name.length)}` : ''
    if (key in exports) return declarationFile(folder, exports[key]!)
  }
  return undefined
}

/** The declarations of a name that a file declares or hands on. */
function find(file: string, name: string): PublicSymbol {
  const statements = statementsIn(file)
  const declarations = statements.filter((statement) => nameOf(statement) === name)
  if (declarations.length > 0) return { name, declarations, file }
  for (const keyword of ['export', 'import'] as const) {
    for (const link of statements.flatMap((statement) => namesIn(statement, keyword))) {
      if (link.as !== name || link.from === undefined) continue
      const target = resolveFrom(file, link.from)
      return target === undefined ? { name, declarations: [], file } : { ...find(target, link.name), name }
    }
  }
  throw new Error(`docs: ${file} does not declare ${name}`)
}

function exportedSymbols(file: string): PublicSymbol[] {
  const names = statementsIn(file).flatMap((statement) => {
    const own = statement.text.startsWith('export ') ? nameOf(statement) : undefined
    return own === undefined ? namesIn(statement, 'export').map(({ as }) => as) : [own]
  })
  return [...new Set(names)]
    .map((name) => find(file, name))
    .filter(({ declarations }) => declarations.length > 0)
}

function moduleDoc(folder: string, target: string): string {
  const source = readFileSync(join(folder, target), 'utf8')
  const comment = /^\/\*\*([\s\S]*?)\*\//.exec(source)?.[1] ?? ''
  return comment
    .replace(/^\s*\* ?/gm, '')
    .replace('@module', '')
    .trim()
}

/** Every entry of every package that has been built, with its public names. */
export function publicApi(): Entry[] {
  return manifests.flatMap(([folder, { name, exports = {} }]) =>
    Object.entries(exports)
      .filter(([, target]) => existsSync(join(folder, target)))
      .map(([key, target]) => ({
        specifier: name + key.slice(1),
        folder,
        doc: moduleDoc(folder, target),
        symbols: exportedSymbols(declarationFile(folder, target)),
      })),
  )
}
