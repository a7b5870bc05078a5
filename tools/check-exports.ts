/** No dead exports: what a source file exports is imported somewhere, or handed on by an entry file. */
import { packageOf, resolveRelative, type SourceFile, sourceFiles } from './source-files.ts'

const value =
  /^export\s+(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:function\*?|class|const|let)\s+(\w+)/gm
const type = /^export\s+(?:interface|type)\s+(\w+)/gm
const entry = /^packages\/[^/]+\/src\/[^/]+\.ts$/

/** The names that a file must be imported for. A type that its own file uses stands in a signature of it. */
function exportedNames({ text }: SourceFile): string[] {
  const types = [...text.matchAll(type)].map(([, name]) => name!)
  const unused = types.filter((name) => text.match(new RegExp(`\\b${name}\\b`, 'g'))!.length === 1)
  return [...[...text.matchAll(value)].map(([, name]) => name!), ...unused]
}

/** Everything that is imported from each file, by its path. */
function importedNames(files: readonly SourceFile[]): Map<string, Set<string>> {
  const imported = new Map<string, Set<string>>()
  for (const file of files) {
    for (const { specifier, names } of file.imports) {
      if (!specifier.startsWith('.')) continue
      const target = resolveRelative(file.path, specifier)
      const known = imported.get(target) ?? new Set()
      for (const name of names) known.add(name)
      imported.set(target, known)
    }
  }
  return imported
}

/** Every export that nothing imports, one line each. Entry files are for the package's users. */
export function checkExports(): string[] {
  const files = sourceFiles('packages', 'conformance', 'tools', 'bench')
  const imported = importedNames(files)
  return files
    .filter(({ path }) => packageOf(path) !== undefined && path.includes('/src/') && !isEntry(path))
    .flatMap((file) => {
      const names = imported.get(file.path) ?? new Set()
      return exportedNames(file)
        .filter((name) => !names.has(name) && !names.has('*'))
        .map((name) => `${file.path} exports ${name}, which nothing imports`)
    })
}

/** An entry file only hands names on; a source file beside it is like any other. */
function isEntry(path: string): boolean {
  return entry.test(path) && (path.endsWith('/index.ts') || path.endsWith('/bin.ts'))
}
