import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CompiledSource } from '../compiler/compile.ts'
import { TemplateSyntaxError } from '../errors.ts'
import { moduleFilename } from '../loaders/module.ts'
import { lineTable } from './code.ts'
import type { Environment } from './environment.ts'

/** What {@link compileTemplates} compiles. */
export interface CompileTemplatesOptions {
  /** The names for which it gives true; all if not given. */
  filter?: (name: string) => boolean
  /** Whether templates with errors are left out; the first error is thrown else. */
  ignoreErrors?: boolean
  /** Is told of every template and error. */
  log?: (message: string) => void
}

function functionSource(name: string, { body }: CompiledSource): string {
  return `export function ${name}(R, env) {\n${body}\n}`
}

const countLines = (text: string): number => text.split('\n').length

/** The source of an ES module with one compiled template. */
export function templateModule(
  environment: Environment,
  name: string,
  source: string,
  filename: string | null,
): string {
  const text = environment.compile(source, name, filename)
  const stream = environment.compile(source, name, filename, true)
  const head = [
    `export const name = ${JSON.stringify(name)}`,
    `export const filename = ${JSON.stringify(filename)}`,
    'export const url = import.meta.url',
  ].join('\n')
  const textHead = countLines(head) + 1
  const streamHead = textHead + countLines(text.body) + 2
  const lines = [...lineTable(text, textHead), ...lineTable(stream, streamHead)]
  return [
    head,
    functionSource('template', text),
    functionSource('stream', stream),
    `export const lines = ${JSON.stringify(lines)}`,
    '',
  ].join('\n')
}

const DECLARATIONS = [
  "import type { CompiledModule } from '@flask-ts/jinja/compiled'",
  'export declare const templates: Readonly<Record<string, CompiledModule>>',
  '',
].join('\n')

/**
 * Compiles all templates that the environment's loader has to ES modules, and an `index.js` that exports them all
 * as `templates`: for `ModuleLoader`, where nothing may be evaluated at run time.
 *
 * @param folder Where the modules are written; made if it is not there.
 * @returns The names of the templates that were compiled.
 * @throws TemplateSyntaxError for the first template with an error, unless they are ignored.
 */
export function compileTemplates(
  environment: Environment,
  folder: string,
  options: CompileTemplatesOptions = {},
): string[] {
  const { filter, ignoreErrors = false, log = () => undefined } = options
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
  const compiled: string[] = []
  for (const name of environment.listTemplates(filter)) {
    const loaded = environment.loader?.find(name)
    if (loaded === undefined || 'module' in loaded) continue
    try {
      const file = moduleFilename(name)
      writeFileSync(join(folder, file), templateModule(environment, name, loaded.source, loaded.filename))
      log(`Compiled ${JSON.stringify(name)} as ${file}`)
      compiled.push(name)
    } catch (error) {
      if (!(error instanceof TemplateSyntaxError) || !ignoreErrors) throw error
      log(`Could not compile ${JSON.stringify(name)}: ${error.message}`)
    }
  }
  writeFileSync(join(folder, 'index.js'), indexModule(compiled))
  writeFileSync(join(folder, 'index.d.ts'), DECLARATIONS)
  return compiled
}

function indexModule(names: readonly string[]): string {
  const imports = names.map((name, index) => `import * as t${index} from './${moduleFilename(name)}'`)
  const entries = names.map((name, index) => `  [${JSON.stringify(name)}]: t${index},`)
  return [...imports, 'export const templates = {', ...entries, '}', ''].join('\n')
}
