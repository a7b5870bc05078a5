/** Who may import whom: packages by floor, through `exports` only, and no cycles between files. */
import { readFileSync } from 'node:fs'
import { packageOf, resolveRelative, type SourceFile, sourceFiles } from './source-files.ts'

/** What each package may import, by folder name: the table of `docs/design.md`. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  wsgi: [],
  markupsafe: [],
  itsdangerous: [],
  sqlalchemy: [],
  jinja: ['markupsafe'],
  werkzeug: ['wsgi', 'markupsafe'],
  gunicorn: ['wsgi'],
  flask: ['wsgi', 'markupsafe', 'itsdangerous', 'werkzeug', 'jinja'],
  'flask-sqlalchemy': ['flask', 'sqlalchemy', 'werkzeug'],
  'flask-cors': ['flask', 'werkzeug', 'wsgi'],
  'flask-migrate': ['flask', 'sqlalchemy', 'flask-sqlalchemy'],
  'create-flask-ts': [],
}

interface Manifest {
  readonly name: string
  readonly exports?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

const manifests = new Map(
  Object.keys(allowed).flatMap((folder) => {
    try {
      const manifest: Manifest = JSON.parse(readFileSync(`packages/${folder}/package.json`, 'utf8'))
      return [[folder, manifest] as const]
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
      throw error
    }
  }),
)

/** The folder and the `exports` key of an import by package name. */
function ownPackage(specifier: string): { folder: string; entry: string } | undefined {
  for (const [folder, { name }] of manifests) {
    if (specifier === name) return { folder, entry: '.' }
    if (specifier.startsWith(`${name}/`)) return { folder, entry: `.${specifier.slice(name.length)}` }
  }
  return undefined
}

function declares(manifest: Manifest, name: string): boolean {
  return name in (manifest.dependencies ?? {}) || name in (manifest.peerDependencies ?? {})
}

function packageProblem(file: SourceFile, specifier: string): string | undefined {
  const from = packageOf(file.path)!
  const manifest = manifests.get(from)!
  const isSource = file.path.startsWith(`packages/${from}/src/`)
  if (specifier.startsWith('.')) {
    const target = packageOf(resolveRelative(file.path, specifier))
    return target === from ? undefined : `leaves its package by the relative path ${specifier}`
  }
  if (specifier.startsWith('node:')) return undefined
  const own = ownPackage(specifier)
  if (own === undefined) {
    const name = specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/')
    if (!isSource || declares(manifest, name)) return undefined
    return `imports ${name}, which packages/${from}/package.json does not declare`
  }
  const target = manifests.get(own.folder)!
  if (!(own.entry in (target.exports ?? {})))
    return `imports ${specifier}, which is not in that package's exports`
  if (!isSource) return undefined
  if (own.folder === from) return `imports its own package by name: use a relative path`
  if (!allowed[from]!.includes(own.folder)) return `may not import ${specifier}: it is not on a floor below`
  return declares(manifest, target.name) ? undefined : `imports ${specifier} without declaring the dependency`
}

/** Files of one import cycle, or `undefined` if there is none. */
function findCycle(files: readonly SourceFile[]): string[] | undefined {
  const graph = new Map(
    files.map((file) => [
      file.path,
      file.imports
        .filter(({ specifier }) => specifier.startsWith('.'))
        .map(({ specifier }) => resolveRelative(file.path, specifier)),
    ]),
  )
  const done = new Set<string>()
  const path: string[] = []
  const visit = (node: string): string[] | undefined => {
    const at = path.indexOf(node)
    if (at >= 0) return [...path.slice(at), node]
    if (done.has(node)) return undefined
    path.push(node)
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next)
      if (cycle !== undefined) return cycle
    }
    path.pop()
    done.add(node)
    return undefined
  }
  for (const node of graph.keys()) {
    const cycle = visit(node)
    if (cycle !== undefined) return cycle
  }
  return undefined
}

/** Every breach of the layering, one line each. */
export function checkLayers(): string[] {
  const files = sourceFiles('packages')
  const problems = files.flatMap((file) =>
    file.imports.flatMap(({ specifier }) => {
      const problem = packageProblem(file, specifier)
      return problem === undefined ? [] : [`${file.path} ${problem}`]
    }),
  )
  const cycle = findCycle(files)
  if (cycle !== undefined) problems.push(`import cycle: ${cycle.join(' -> ')}`)
  return problems
}
