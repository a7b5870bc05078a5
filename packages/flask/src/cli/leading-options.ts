/** The options that stand before the command: they say where the commands come from. */
export interface LeadingOptions {
  app: string | undefined
  envFile: string | undefined
  debug: boolean | undefined
  /** The first argument that is no option. */
  command: string | undefined
}

const VALUES: Readonly<Record<string, 'app' | 'envFile'>> = {
  '-A': 'app',
  '--app': 'app',
  '-e': 'envFile',
  '--env-file': 'envFile',
}

/** Reads the options before the command; everything is read once more, and checked, with all commands known. */
export function readLeadingOptions(args: readonly string[]): LeadingOptions {
  const found: LeadingOptions = { app: undefined, envFile: undefined, debug: undefined, command: undefined }
  for (let at = 0; at < args.length; at++) {
    const [flag = '', ...rest] = args[at]!.split('=')
    const name = VALUES[flag]
    if (name !== undefined) found[name] = rest.length > 0 ? rest.join('=') : args[++at]
    else if (flag === '--debug') found.debug = true
    else if (flag === '--no-debug') found.debug = false
    else if (!flag.startsWith('-')) {
      found.command = args[at]
      // `flask run --debug` means the same as `flask --debug run`.
      if (args.slice(at + 1).includes('--debug') && flag === 'run') found.debug = true
      if (args.slice(at + 1).includes('--no-debug') && flag === 'run') found.debug = false
      return found
    }
  }
  return found
}
