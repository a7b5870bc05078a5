import { compileTemplates, TemplateSyntaxError } from '@flask-ts/jinja'
import type { Flask } from '../app/app.ts'
import { CommandFailure } from './errors.ts'

/** What `flask templates compile` is told. */
export interface TemplatesCompileOptions {
  readonly extensions?: readonly string[] | undefined
}

/** Tells templates by the ends of their names; without ends all are meant. */
export function hasExtension(extensions: readonly string[] | undefined): (name: string) => boolean {
  const ends = extensions?.map((end) => (end.startsWith('.') ? end : `.${end}`))
  return (name) => ends?.some((end) => name.endsWith(end)) ?? true
}

/**
 * Compiles all templates of an application to ES modules in a folder, for `ModuleLoader`.
 *
 * @throws CommandFailure - for the first template with an error.
 */
export function compileAppTemplates(app: Flask, folder: string, options: TemplatesCompileOptions): void {
  try {
    const filter = hasExtension(options.extensions)
    const names = compileTemplates(app.jinjaEnv, folder, { filter })
    process.stdout.write(`${names.length} template${names.length === 1 ? '' : 's'} compiled to ${folder}\n`)
  } catch (error) {
    if (error instanceof TemplateSyntaxError) throw new CommandFailure(error.message)
    throw error
  }
}
