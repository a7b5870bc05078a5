import type { Config } from 'flask-ts'
import { optionNames } from './options.ts'
import type { AppCorsOptions } from './resources.ts'

/** `supportsCredentials` is configured as `CORS_SUPPORTS_CREDENTIALS`. */
function configKey(option: string): string {
  return `CORS_${option.replace(/[A-Z]/g, '_$&').toUpperCase()}`
}

/** The options that an application's configuration sets; `null` sets nothing. */
export function configuredOptions(config: Config | undefined): AppCorsOptions {
  if (config === undefined) return {}
  const values = config as unknown as Readonly<Record<string, unknown>>
  const entries = optionNames.map((name) => [name, values[configKey(name)] ?? undefined])
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}
