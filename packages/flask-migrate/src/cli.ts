import { relative } from 'node:path'
import { CommandGroup, type CommandSpec } from 'flask-ts'
import { type EnvironmentSource, MigrationCommands } from './commands/migration-commands.ts'

/** Options of the command line, by the names that commander gives them. */
type Given = Record<string, string & boolean & string[]>

function print(lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`)
}

function printPath(path: string | null): void {
  if (path !== null) process.stdout.write(`Generating ${relative(process.cwd(), path)} ... done\n`)
}

function withDirectory(command: CommandSpec): CommandSpec {
  return command
    .option('-d, --directory <path>', {
      description: 'Migration script directory (default is "migrations").',
    })
    .option('-x, --x-arg <value>', { description: 'Accepted for compatibility.' })
}

function withRevisionOptions(command: CommandSpec): CommandSpec {
  return withDirectory(command)
    .option('-m, --message <text>', { description: 'Revision message.' })
    .option('--head <revision>', { description: 'Head revision or <branchname>@head to base it on.' })
    .option('--splice', { description: 'Allow a non-head revision as the one to base it on.' })
    .option('--branch-label <label>', { description: 'A branch label for the new revision.' })
    .option('--version-path <path>', { description: 'Path to use for the version file.' })
    .option('--rev-id <id>', { description: 'A revision id in place of a generated one.' })
    .option('--depends-on <revision>', { description: 'A revision of another branch that it needs.' })
}

function withRunOptions(command: CommandSpec): CommandSpec {
  return withDirectory(command)
    .option('--sql', { description: "Don't emit SQL to the database - dump to standard output instead." })
    .option('--tag <text>', { description: 'Accepted for compatibility.' })
}

function addWriters(group: CommandGroup, commands: MigrationCommands): void {
  withDirectory(group.command('init', { help: 'Creates a new migration repository.' })).action(
    async (given: Given) => {
      for (const path of await commands.init(given))
        print([`Creating ${relative(process.cwd(), path)} ... done`])
    },
  )
  withRevisionOptions(group.command('revision', { help: 'Create a new revision file.' }))
    .option('--autogenerate', { description: 'Fill it with the difference of models and database.' })
    .action(async (given: Given) => printPath(await commands.revision(given)))
  withRevisionOptions(
    group.command('migrate', {
      help: "Autogenerate a new revision file (alias for 'revision --autogenerate').",
    }),
  ).action(async (given: Given) => printPath(await commands.migrate(given)))
  withDirectory(
    group.command('merge', { help: 'Merge two revisions together, creating a new revision file.' }),
  )
    .argument('[revisions...]', { description: 'The revisions; all heads without.' })
    .option('-m, --message <text>', { description: 'Merge revision message.' })
    .option('--branch-label <label>', { description: 'A branch label for the new revision.' })
    .option('--rev-id <id>', { description: 'A revision id in place of a generated one.' })
    .action(async (revisions: string[] | undefined, given: Given) =>
      printPath(await commands.merge({ ...given, revisions: revisions ?? [] })),
    )
}

function addRunners(group: CommandGroup, commands: MigrationCommands): void {
  const revision = { description: "A revision, 'head', 'base', or a step such as '+1' or '-1'." }
  withRunOptions(group.command('upgrade', { help: 'Upgrade to a later version.' }))
    .argument('[revision]', { ...revision, default: 'head' })
    .action((target: string, given: Given) => commands.upgrade({ ...given, revision: target }))
  withRunOptions(group.command('downgrade', { help: 'Revert to a previous version.' }))
    .argument('[revision]', { ...revision, default: '-1' })
    .action((target: string, given: Given) => commands.downgrade({ ...given, revision: target }))
  withRunOptions(
    group.command('stamp', {
      help: "'stamp' the revision table with the given revision; don't run any migrations.",
    }),
  )
    .argument('[revision]', { ...revision, default: 'head' })
    .option('--purge', { description: 'Delete the version in the version table before stamping.' })
    .action((target: string, given: Given) => commands.stamp({ ...given, revision: target }))
  withDirectory(group.command('check', { help: 'Check if there are any new operations to migrate.' })).action(
    async (given: Given) => {
      await commands.check(given)
      print(['No new upgrade operations detected.'])
    },
  )
}

function addLists(group: CommandGroup, commands: MigrationCommands): void {
  const verbose = { description: 'Use more verbose output.' }
  withDirectory(group.command('current', { help: 'Display the current revision for each database.' }))
    .option('-v, --verbose', verbose)
    .action(async (given: Given) => print(await commands.current(given)))
  withDirectory(group.command('history', { help: 'List changeset scripts in chronological order.' }))
    .option('-r, --rev-range <range>', { description: 'Specify a revision range; format is [start]:[end].' })
    .option('-v, --verbose', verbose)
    .option('-i, --indicate-current', { description: 'Indicate current version.' })
    .action(async (given: Given) => print(await commands.history(given)))
  withDirectory(group.command('heads', { help: 'Show current available heads in the script directory.' }))
    .option('-v, --verbose', verbose)
    .option('--resolve-dependencies', { description: 'Accepted for compatibility.' })
    .action(async (given: Given) => print(await commands.heads(given)))
  withDirectory(group.command('branches', { help: 'Show current branch points.' }))
    .option('-v, --verbose', verbose)
    .action(async (given: Given) => print(await commands.branches(given)))
  withDirectory(group.command('show', { help: 'Show the revision denoted by the given symbol.' }))
    .argument('[revision]', { description: 'The revision.', default: 'head' })
    .action(async (revision: string, given: Given) => print(await commands.show({ ...given, revision })))
}

/** The commands `flask db ...`. */
export function migrationCommands(name: string, source: EnvironmentSource): CommandGroup {
  const commands = new MigrationCommands(source)
  const group = new CommandGroup(name, { help: 'Perform database migrations.' })
  addWriters(group, commands)
  addRunners(group, commands)
  addLists(group, commands)
  return group
}
