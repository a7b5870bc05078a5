import { ConfigError } from '../errors.ts'

/** What turns the text of a variable into a value; where it throws, the text itself is taken. */
export type ValueLoader = (text: string) => unknown

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function load(text: string, loads: ValueLoader): unknown {
  try {
    return loads(text)
  } catch {
    // Whatever is no JSON is meant as text: that is the rule, not a failure.
    return text
  }
}

function assignNested(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let level = target
  for (const [depth, name] of path.slice(0, -1).entries()) {
    const next = Object.hasOwn(level, name) ? level[name] : undefined
    if (next !== undefined && !isMapping(next)) {
      throw new ConfigError(
        `Cannot set '${path.join('__')}': '${path.slice(0, depth + 1).join('__')}' is not a mapping. Rename one of the variables.`,
      )
    }
    const mapping: Record<string, unknown> = next ?? {}
    level[name] = mapping
    level = mapping
  }
  level[path.at(-1)!] = value
}

/**
 * Copies the environment variables that begin with `PREFIX_` into a mapping, without the prefix.
 *
 * Values are parsed with `loads`; `__` in a name enters a nested mapping. Names are taken in sorted order.
 */
export function assignPrefixedEnv(
  target: Record<string, unknown>,
  environment: Readonly<Record<string, string | undefined>>,
  prefix: string,
  loads: ValueLoader,
): void {
  const start = `${prefix}_`
  for (const name of Object.keys(environment).sort()) {
    const text = environment[name]
    if (text === undefined || !name.startsWith(start)) continue
    const key = name.slice(start.length)
    const value = load(text, loads)
    if (key.includes('__')) assignNested(target, key.split('__'), value)
    else target[key] = value
  }
}
