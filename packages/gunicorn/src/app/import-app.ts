import { pathToFileURL } from 'node:url'
import type { Application } from '@flask-ts/wsgi'
import { AppImportError } from '../errors.ts'
import { type AppSpec, parseAppSpec } from './app-spec.ts'
import { toApplication } from './application-kind.ts'

/** The names that are looked for where none is given. */
const usualNames = ['app', 'application', 'default']

/**
 * Imports an application.
 *
 * @param text - `module:name`, `module:factory()` or a path.
 * @param folder - What paths are relative to.
 * @throws AppImportError with the cause, if there is none.
 */
export async function importApp(text: string, folder: string): Promise<Application> {
  const spec = parseAppSpec(text, folder)
  const module = await importModule(spec.file)
  let value: unknown
  try {
    value = await valueOf(spec, module)
  } catch (error) {
    if (error instanceof AppImportError) throw error
    throw new AppImportError(`Failed to call '${spec.name}' in ${spec.file}`, { cause: error })
  }
  const application = await toApplication(value)
  if (application === undefined) {
    throw new AppImportError(
      `'${spec.name ?? 'app'}' in ${spec.file} is no application but ${describe(value)}: it must be a function, or have wsgiApp, fetch or a Node listener.`,
    )
  }
  return application
}

async function importModule(file: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await import(pathToFileURL(file).href)
  } catch (error) {
    throw new AppImportError(`Failed to import the application from ${file}`, { cause: error })
  }
}

async function valueOf(spec: AppSpec, module: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { file, name, args } = spec
  if (name === undefined) {
    const usual = usualNames.find((candidate) => module[candidate] !== undefined)
    if (usual !== undefined) return module[usual]
    throw new AppImportError(
      `${file} exports none of ${usualNames.join(', ')}: name the application, as in module:name.`,
    )
  }
  let value: unknown = module
  let owner: unknown
  for (const part of name.split('.')) {
    owner = value
    value = (value as Readonly<Record<string, unknown>> | undefined | null)?.[part]
  }
  // A CommonJS module that is an application itself has its names on the default export.
  value ??= (module.default as Readonly<Record<string, unknown>> | undefined)?.[name]
  if (value === undefined) {
    throw new AppImportError(
      `Failed to find '${name}' in ${file}, which exports ${Object.keys(module).join(', ') || 'nothing'}.`,
    )
  }
  if (args === undefined) return value
  if (typeof value !== 'function') {
    throw new AppImportError(`'${name}' in ${file} cannot be called: it is ${describe(value)}.`)
  }
  return await (value as (...given: unknown[]) => unknown).apply(owner, [...args])
}

function describe(value: unknown): string {
  if (value === null) return 'null'
  return typeof value === 'object' ? `an object of class ${value.constructor?.name ?? 'none'}` : typeof value
}
