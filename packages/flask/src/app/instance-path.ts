import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join, sep } from 'node:path'
import { SetupValueError } from '../errors.ts'

/**
 * Where an application keeps what belongs to one installation of it.
 *
 * @param given - An absolute path, where the author chose one.
 * @param rootPath - The application's folder. The instance folder stands in it, or, for an installed package, in
 *   `var` beside its `node_modules`; for a package of several files (its folder has an `index` module) beside it.
 * @throws SetupValueError - if the given path is relative.
 */
export function instancePathOf(given: string | undefined, rootPath: string, name: string): string {
  if (given !== undefined) {
    if (isAbsolute(given)) return given
    throw new SetupValueError(`The instance path '${given}' is relative. An absolute path is required.`)
  }
  const modules = rootPath.lastIndexOf(`${sep}node_modules${sep}`)
  if (modules !== -1) return join(rootPath.slice(0, modules), 'var', `${name}-instance`)
  const isPackage = ['index.ts', 'index.js', 'index.mjs'].some((file) => existsSync(join(rootPath, file)))
  return join(isPackage ? dirname(rootPath) : rootPath, 'instance')
}
