import { Command, CommanderError, Option } from 'commander'
import { SettingError } from '../errors.ts'
import { settingTable } from './registry.ts'
import type { Setting } from './setting.ts'
import { withoutMeaning } from './without-meaning.ts'

/** What a command line says. */
export interface CommandLine {
  /** The application, if it names one. */
  readonly app: string | undefined
  /** Texts, lists of texts and booleans by the setting's name, unchecked. */
  readonly values: ReadonlyMap<string, unknown>
}

type Add = (name: string, value: unknown, repeatable: boolean) => void

/** Makes the command with an option for each flag of each setting. */
function makeCommand(add: Add): Command {
  const command = new Command('gunicorn')
    .usage('[OPTIONS] [APP_MODULE]')
    .argument('[app]', 'the application: module:name, module:factory() or a file')
    .allowExcessArguments(false)
    .helpOption('-h, --help', 'Show this help.')
    .option('-v, --version', 'Show the version.')
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
  for (const [name, setting] of settingTable) {
    for (const option of optionsOf(name, setting, add)) command.addOption(option)
  }
  for (const [name, { flags, takesValue, why }] of Object.entries(withoutMeaning)) {
    if (flags.length === 0) continue
    const option = new Option(`${flags.join(', ')}${takesValue ? ' <value>' : ''}`, why).hideHelp()
    command.addOption(collecting(option, name, false, true, add))
  }
  return command
}

/** A setting's options: the usual flags together, and each further spelling hidden. */
function optionsOf(name: string, setting: Setting<unknown>, add: Add): Option[] {
  const { flags = [], kind, constant = true, words } = setting
  const short = flags.filter((flag) => !flag.startsWith('--'))
  const long = flags.filter((flag) => flag.startsWith('--'))
  const argument = kind.placeholder === undefined ? '' : ` ${argumentOf(kind.placeholder)}`
  return long.map((flag, index) => {
    const spelled = index === 0 ? [...short, flag] : [flag]
    const option = new Option(`${spelled.join(', ')}${argument}`, words)
    if (index > 0) option.hideHelp()
    return collecting(option, name, kind.repeatable === true, constant, add)
  })
}

function argumentOf(placeholder: string): string {
  return placeholder.startsWith('[') ? placeholder : `<${placeholder}>`
}

/** `--no-sendfile` is an option like any other here, so commander must not make a negation of it. */
function collecting(option: Option, name: string, repeatable: boolean, constant: unknown, add: Add): Option {
  option.negate = false
  const record = (value: unknown): unknown => {
    add(name, value, repeatable)
    return value
  }
  if (option.required || option.optional) option.argParser(record).preset(constant as string)
  else option.preset(constant as string).argParser(record)
  return option
}

/**
 * Reads a command line.
 *
 * @throws SettingError for an unknown flag or a missing value.
 */
export function parseCommandLine(args: readonly string[]): CommandLine & { readonly version: boolean } {
  const values = new Map<string, unknown>()
  const command = makeCommand((name, value, repeatable) => {
    const before = values.get(name)
    values.set(name, repeatable && Array.isArray(before) ? [...before, value] : repeatable ? [value] : value)
  })
  try {
    command.parse(args, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError && error.code !== 'commander.helpDisplayed') {
      throw new SettingError(error.message.replace(/^error: /, ''))
    }
    throw error
  }
  return { app: command.args[0], values, version: command.opts<{ version?: boolean }>().version === true }
}
