import { SetupValueError } from '../errors.ts'

/** What runs a command: its arguments in order, then an object of its options. */
export type CommandAction = (...args: never[]) => unknown

/** One argument or option, in the notation of the `commander` library: `<name>`, `[name]`, `-p, --port <port>`. */
export interface Parameter {
  readonly kind: 'argument' | 'option'
  readonly flags: string
  readonly description: string
  readonly parse: ((text: string) => unknown) | undefined
  readonly fallback: unknown
  readonly required: boolean
}

/** What may be said about an argument or option. */
export interface ParameterOptions {
  readonly description?: string
  /** The value where none is given. */
  readonly default?: unknown
  /** Turns the text into a value; it throws if it cannot. */
  readonly parse?: (text: string) => unknown
  /** An option that must be given. */
  readonly required?: boolean
}

/** What may be said about a command. */
export interface CommandOptions {
  readonly help?: string
  /** Runs the command outside of the application's context. */
  readonly withAppContext?: boolean
}

/**
 * One command of the `flask` command line, such as `app.cli.command('init-db', () => { ... })`.
 *
 * @see https://flask.palletsprojects.com/cli/#custom-commands
 */
export class CommandSpec {
  readonly name: string
  help: string
  readonly withAppContext: boolean
  readonly parameters: Parameter[] = []
  run: CommandAction | undefined

  constructor(name: string, options: CommandOptions = {}, run?: CommandAction) {
    this.name = name
    this.help = options.help ?? ''
    this.withAppContext = options.withAppContext ?? true
    this.run = run
  }

  /** Adds a positional argument: `<name>` must be given, `[name]` may be, `<names...>` takes several. */
  argument(flags: string, options: ParameterOptions = {}): this {
    return this.#add('argument', flags, options)
  }

  /** Adds an option: `--force`, `-n, --name <name>`. */
  option(flags: string, options: ParameterOptions = {}): this {
    return this.#add('option', flags, options)
  }

  /** Sets the function that the command runs. */
  action(run: CommandAction): this {
    this.run = run
    return this
  }

  #add(kind: Parameter['kind'], flags: string, options: ParameterOptions): this {
    this.parameters.push({
      kind,
      flags,
      description: options.description ?? '',
      parse: options.parse,
      fallback: options.default,
      required: options.required ?? false,
    })
    return this
  }
}

/**
 * A group of commands: `app.cli`, `blueprint.cli`, or one that an extension brings.
 */
export class CommandGroup {
  name: string
  help: string
  readonly commands = new Map<string, CommandSpec | CommandGroup>()

  constructor(name = '', options: { readonly help?: string } = {}) {
    this.name = name
    this.help = options.help ?? ''
  }

  /**
   * Adds a command. Arguments can stand in the name: `command('create-user <name>', (name) => { ... })`.
   *
   * @returns The command, to add arguments, options and an action to.
   */
  command(name: string, run?: CommandAction): CommandSpec
  command(name: string, options: CommandOptions, run?: CommandAction): CommandSpec
  command(name: string, first?: CommandOptions | CommandAction, second?: CommandAction): CommandSpec {
    const [word, ...parameters] = name.trim().split(/\s+/)
    if (!word) throw new SetupValueError(`A command has no name: '${name}'. Begin it with a word.`)
    const run = typeof first === 'function' ? first : second
    const command = new CommandSpec(word, typeof first === 'object' ? first : {}, run)
    for (const flags of parameters) command.argument(flags)
    this.commands.set(word, command)
    return command
  }

  /** Adds a group of commands below this one. */
  group(name: string, options: { readonly help?: string } = {}): CommandGroup {
    const group = new CommandGroup(name, options)
    this.commands.set(name, group)
    return group
  }

  /** Adds a command or group that was made elsewhere. */
  addCommand(command: CommandSpec | CommandGroup, name: string = command.name): void {
    if (name === '')
      throw new SetupValueError('A command group has no name. Give it one, to add it to another.')
    this.commands.set(name, command)
  }
}
