import { Command } from 'commander'
import type { Flask } from '../app/app.ts'
import { checkAppTemplates, type TemplatesCheckOptions } from './templates-check.ts'
import { compileAppTemplates, type TemplatesCompileOptions } from './templates-compile.ts'

/** Gives the application when a command needs it. */
interface Loader {
  load(): Promise<Flask>
}

const EXTENSIONS = 'Only templates whose names end like this, such as html txt.'

/** The commands `flask templates check` and `flask templates compile`. */
export function templatesCommandFor(loader: Loader): Command {
  const check = new Command('check')
    .description('Check the syntax of all templates, and the names that they use.')
    .option('--extensions <extensions...>', EXTENSIONS)
    .option('--given <names...>', 'Further names that templates are given.')
    .option('--no-names', 'Do not check whether names are known.')
    .action(async (options: TemplatesCheckOptions) => checkAppTemplates(await loader.load(), options))
  const compile = new Command('compile')
    .description('Compile all templates to ES modules, to be loaded by ModuleLoader.')
    .argument('<folder>', 'Where the modules are written.')
    .option('--extensions <extensions...>', EXTENSIONS)
    .action(async (folder: string, options: TemplatesCompileOptions) =>
      compileAppTemplates(await loader.load(), folder, options),
    )
  return new Command('templates')
    .description('Check or compile the templates.')
    .addCommand(check)
    .addCommand(compile)
}
