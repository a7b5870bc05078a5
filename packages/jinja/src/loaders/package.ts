import * as nodeModule from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { TemplateNotFound, ValueError } from '../errors.ts'
import { filesBelow, readTemplateFile } from './file-system.ts'
import { BaseLoader, splitTemplatePath, type TemplateSource } from './loader.ts'

/** Where a package is looked for, and how its files are read. */
export interface PackageLoaderOptions {
  /** The `import.meta.url` of the module from whose place the package is resolved; else the current directory. */
  from?: string
  encoding?: string
}

/** Loads templates from a folder of an installed npm package. */
export class PackageLoader extends BaseLoader {
  readonly folder: string
  readonly #encoding: string

  /**
   * @param packageName The package, as in an import.
   * @param packagePath The folder with the templates in it.
   * @throws ValueError if the package is not installed.
   */
  constructor(packageName: string, packagePath = 'templates', options: PackageLoaderOptions = {}) {
    super()
    this.#encoding = options.encoding ?? 'utf-8'
    const from = options.from ?? pathToFileURL(join(process.cwd(), 'package.json')).href
    const manifest = resolvePackage(packageName, from)
    if (manifest === undefined) {
      throw new ValueError(`The ${JSON.stringify(packageName)} package was not found from ${from}.`)
    }
    this.folder = join(dirname(manifest), packagePath)
  }

  override getSource(name: string): TemplateSource {
    const found = readTemplateFile(join(this.folder, ...splitTemplatePath(name)), this.#encoding)
    if (found === null) throw new TemplateNotFound(name)
    return found
  }

  override listTemplates(): string[] {
    return filesBelow(this.folder).sort()
  }
}

function resolvePackage(name: string, from: string): string | undefined {
  try {
    // Bun has no findPackageJSON; there a package must export its package.json.
    if (nodeModule.findPackageJSON === undefined)
      return nodeModule.createRequire(from).resolve(`${name}/package.json`)
    return nodeModule.findPackageJSON(name, from)
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_MODULE_NOT_FOUND') return undefined
    throw error
  }
}
