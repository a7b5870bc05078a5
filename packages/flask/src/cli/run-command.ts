import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { CommandFailure } from './errors.ts'
import { CommandGroup, type CommandSpec, type Parameter } from './group.ts'

/** What running a command needs of its application. */
export interface CommandHost {
  readonly name: string
  readonly cli: CommandGroup
  withAppContext(work: () => unknown): Promise<unknown>
}

/** Gives the application when a command needs its context. */
export type HostLoader = () => CommandHost | Promise<CommandHost>

function parserOf(parse: (text: string) => unknown): (text: string) => unknown {
  return (text) => {
    try {
      return parse(text)
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message)
    }
  }
}

function addParameter(command: Command, parameter: Parameter): void {
  const { flags, description, fallback } = parameter
  if (parameter.kind === 'argument') {
    const argument = command.createArgument(flags, description)
    if (parameter.parse !== undefined) argument.argParser(parserOf(parameter.parse))
    if (fallback !== undefined) argument.default(fallback)
    command.addArgument(argument)
    return
  }
  const option = command.createOption(flags, description)
  if (parameter.parse !== undefined) option.argParser(parserOf(parameter.parse))
  if (fallback !== undefined) option.default(fallback)
  if (parameter.required) option.makeOptionMandatory()
  command.addOption(option)
}

function makeCommand(spec: CommandSpec, load: HostLoader): Command {
  const command = new Command(spec.name).description(spec.help)
  for (const parameter of spec.parameters) addParameter(command, parameter)
  command.action(async (...given: unknown[]) => {
    // The library passes the command itself last, which is no business of the action.
    const args = given.slice(0, -1) as never[]
    const work = (): unknown => spec.run?.(...args)
    if (spec.withAppContext) await (await load()).withAppContext(work)
    else await work()
  })
  return command
}

/** Adds the commands of a group, and of the groups in it, to a command of the library. */
export function addCommands(target: Command, group: CommandGroup, load: HostLoader): void {
  for (const [name, entry] of [...group.commands].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const command =
      entry instanceof CommandGroup
        ? new Command(name).description(entry.help)
        : makeCommand(entry, load).name(name)
    if (entry instanceof CommandGroup) addCommands(command, entry, load)
    target.addCommand(command)
  }
}

/** Makes a command and all below it throw in place of ending the process. */
export function throwOnExit(command: Command): Command {
  command.exitOverride()
  for (const inner of command.commands) throwOnExit(inner)
  return command
}

/** The exit code of an error that is explained here or was by the library; other errors are thrown on. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommandFailure) {
    process.stderr.write(`Error: ${error.message}\n`)
    return 1
  }
  if (error instanceof CommanderError) return error.exitCode === 1 ? 2 : error.exitCode
  throw error
}

/**
 * Runs one command of an application.
 *
 * @param args - Name and arguments, as on a command line.
 * @returns The exit code: 2 for a wrong command line.
 * @throws What the command throws.
 */
export async function runCommand(host: CommandHost, args: readonly string[]): Promise<number> {
  const program = new Command('flask')
  addCommands(program, host.cli, () => host)
  try {
    await throwOnExit(program).parseAsync([...args], { from: 'user' })
    return 0
  } catch (error) {
    return exitCodeOf(error)
  }
}
