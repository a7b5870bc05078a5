import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseEnv } from 'node:util'

/** The nearest file of a name, in a folder or in one around it. */
function findUpwards(name: string, folder: string): string | undefined {
  for (let place = resolve(folder); ; place = dirname(place)) {
    const path = join(place, name)
    if (existsSync(path)) return path
    if (dirname(place) === place) return undefined
  }
}

const filesRead = new Set<string>()
const variablesSet = new Set<string>()

/** The files that were read so far. */
export function dotenvFiles(): readonly string[] {
  return [...filesRead]
}

/** The names of the variables that files have set so far. */
export function variablesOfDotenv(): ReadonlySet<string> {
  return variablesSet
}

/**
 * Sets environment variables from the nearest `.flaskenv` and `.env`, and from a file that is named. What is set
 * already stays; of the files the named one wins, then `.env`.
 *
 * @param path - A file that is named.
 * @param options - `loadDefaults: false` leaves `.flaskenv` and `.env` out; `folder` is where the search begins.
 * @returns Whether any variable was found.
 * @see https://flask.palletsprojects.com/cli/#environment-variables-from-dotenv
 */
export function loadDotenv(
  path?: string,
  options: { readonly loadDefaults?: boolean; readonly folder?: string } = {},
): boolean {
  const found: Record<string, string | undefined> = {}
  const read = (file: string | undefined): void => {
    if (file === undefined || !existsSync(file)) return
    filesRead.add(resolve(file))
    Object.assign(found, parseEnv(readFileSync(file, 'utf8')))
  }
  if (options.loadDefaults !== false) {
    const folder = options.folder ?? process.cwd()
    for (const name of ['.flaskenv', '.env']) read(findUpwards(name, folder))
  }
  read(path)
  for (const [name, value] of Object.entries(found)) {
    if (value === undefined || process.env[name] !== undefined) continue
    process.env[name] = value
    variablesSet.add(name)
  }
  return Object.keys(found).length > 0
}
