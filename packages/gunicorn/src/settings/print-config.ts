import { type Config, settingTable } from './registry.ts'

/** The configuration in full, one line for each setting, for `--print-config`. */
export function printConfig(config: Config): string {
  const names = [...settingTable.keys()].sort()
  const width = Math.max(...names.map((name) => name.length))
  return names
    .map((name) => {
      const value: unknown = config[name as keyof Config]
      const shown = typeof value === 'function' ? `<function ${value.name}>` : JSON.stringify(value)
      return `${name.padEnd(width)} = ${shown}`
    })
    .join('\n')
}
