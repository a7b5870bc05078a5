import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, normalize, posix, relative, sep } from 'node:path'
import { TemplateNotFound } from '../errors.ts'
import { quote } from '../python/print.ts'
import { BaseLoader, splitTemplatePath, type TemplateSource } from './loader.ts'

/** How files are read. */
export interface FileSystemLoaderOptions {
  /** Any encoding that `TextDecoder` knows. */
  encoding?: string
  /** Whether `listTemplates` goes through symbolic links to folders. */
  followLinks?: boolean
}

function modified(filename: string): number | null {
  const stats = statSync(filename, { throwIfNoEntry: false })
  return stats?.isFile() === true ? stats.mtimeMs : null
}

/** The source in a file, or null if there is no such file. */
export function readTemplateFile(filename: string, encoding: string): TemplateSource | null {
  const time = modified(filename)
  if (time === null) return null
  const source = new TextDecoder(encoding, { fatal: true }).decode(readFileSync(filename))
  return { source, filename: normalize(filename), upToDate: () => modified(filename) === time }
}

/** The names of all files below a folder, by slashes; none if there is no such folder. */
export function filesBelow(folder: string, followLinks = false): string[] {
  const found: string[] = []
  const search = (path: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const inner = join(path, entry.name)
      const isFolder = entry.isSymbolicLink()
        ? statSync(inner, { throwIfNoEntry: false })?.isDirectory() === true
        : entry.isDirectory()
      if (!isFolder) found.push(relative(folder, inner).replaceAll(sep, posix.sep))
      else if (followLinks || !entry.isSymbolicLink()) search(inner)
    }
  }
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) search(folder)
  return found
}

/** Loads templates from folders, the first one that has the file. */
export class FileSystemLoader extends BaseLoader {
  readonly searchPath: readonly string[]
  readonly #encoding: string
  readonly #followLinks: boolean

  /** @param searchPath A folder or several, absolute or from the current directory. */
  constructor(searchPath: string | readonly string[], options: FileSystemLoaderOptions = {}) {
    super()
    this.searchPath = typeof searchPath === 'string' ? [searchPath] : [...searchPath]
    this.#encoding = options.encoding ?? 'utf-8'
    this.#followLinks = options.followLinks ?? false
  }

  override getSource(name: string): TemplateSource {
    const pieces = splitTemplatePath(name)
    for (const folder of this.searchPath) {
      const found = readTemplateFile(join(folder, ...pieces), this.#encoding)
      if (found !== null) return found
    }
    const plural = this.searchPath.length === 1 ? 'path' : 'paths'
    const paths = this.searchPath.map(quote).join(', ')
    throw new TemplateNotFound(name, `${quote(name)} not found in search ${plural}: ${paths}`)
  }

  override listTemplates(): string[] {
    const names = this.searchPath.flatMap((folder) => filesBelow(folder, this.#followLinks))
    return [...new Set(names)].sort()
  }
}
