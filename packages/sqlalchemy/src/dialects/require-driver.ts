import { createRequire } from 'node:module'
import { ModuleNotFoundError } from '../errors/base-errors.ts'

/**
 * Makes sure that a driver package is there, when the engine is made and not at its first query.
 * @throws ModuleNotFoundError with the command that installs it
 */
export function requireDriver(name: string): void {
  const { resolve } = createRequire(import.meta.url)
  try {
    resolve(name)
  } catch (cause) {
    throw new ModuleNotFoundError(
      `No module named '${name}': install the database driver with "npm install ${name}"`,
      {
        cause,
      },
    )
  }
}
