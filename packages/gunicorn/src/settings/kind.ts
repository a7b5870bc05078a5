import { SettingError } from '../errors.ts'

/** What values a setting takes, from a command line (always text) and from a config file. */
export interface Kind<T> {
  /** For the documentation: `number of seconds`. */
  readonly words: string
  /** The placeholder of the command line's argument; `undefined` for flags that take none. */
  readonly placeholder: string | undefined
  /** Whether the flag may be repeated, each adding to the list. */
  readonly repeatable?: boolean
  /**
   * Checks and converts a value.
   *
   * @throws SettingError with the rest of a sentence that begins with the setting's name.
   */
  read(value: unknown): T
}

function wrong(expected: string, value: unknown): never {
  throw new SettingError(`must be ${expected}, not ${JSON.stringify(value) ?? String(value)}`)
}

/** A text. */
export const text: Kind<string> = {
  words: 'text',
  placeholder: 'STRING',
  read: (value) => (typeof value === 'string' ? value.trim() : wrong('a text', value)),
}

/** A text, or none. */
export const optionalText: Kind<string | null> = {
  words: 'text or null',
  placeholder: 'STRING',
  read: (value) => (value === null || value === undefined ? null : text.read(value)),
}

/** A whole number of at least 0. `0x` and `0o` prefixes count, and so does a leading 0 for octal numbers. */
export const count: Kind<number> = {
  words: 'whole number',
  placeholder: 'INT',
  read(value) {
    const octal = typeof value === 'string' && /^0[0-7]+$/.test(value)
    const number = octal ? Number.parseInt(value, 8) : typeof value === 'string' ? Number(value) : value
    if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || value === '') {
      return wrong('a whole number of at least 0', value)
    }
    return number
  },
}

/** Seconds, with fractions. */
export const seconds: Kind<number> = {
  words: 'seconds',
  placeholder: 'SECONDS',
  read(value) {
    const number = typeof value === 'string' && value !== '' ? Number(value) : value
    if (typeof number !== 'number' || !(number >= 0) || !Number.isFinite(number)) {
      return wrong('a number of seconds of at least 0', value)
    }
    return number
  },
}

/** How many workers: a number, or `auto`. */
export const workerCount: Kind<number | 'auto'> = {
  words: 'whole number or "auto"',
  placeholder: 'INT',
  read: (value) => (value === 'auto' ? value : count.read(value)),
}

const units: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }

/** A size in bytes, such as `512M`. */
export const size: Kind<number> = {
  words: 'bytes, or text such as "512M"',
  placeholder: 'SIZE',
  read(value) {
    if (typeof value === 'number') return count.read(value)
    const match = /^(\d+(?:\.\d+)?)\s*([kmg]?)i?b?$/i.exec(typeof value === 'string' ? value : '')
    if (match === null) return wrong('a size such as 512M', value)
    return Math.round(Number(match[1]) * units[match[2]!.toLowerCase()]!)
  },
}

/** Yes or no. On the command line its flag takes no argument. */
export const flag: Kind<boolean> = {
  words: 'true or false',
  placeholder: undefined,
  read(value) {
    if (typeof value === 'boolean') return value
    const word = typeof value === 'string' ? value.trim().toLowerCase() : ''
    if (word === 'true') return true
    return word === 'false' ? false : wrong('true or false', value)
  },
}

/** Several texts: a list, or one flag for each. */
export const textList: Kind<readonly string[]> = {
  words: 'list of texts',
  placeholder: 'STRING',
  repeatable: true,
  read(value) {
    if (typeof value === 'string') return [value.trim()]
    return Array.isArray(value) ? value.map((item) => text.read(item)) : wrong('a list of texts', value)
  },
}

/** Several texts with commas between them. */
export const commaList: Kind<readonly string[]> = {
  words: 'list, or text with commas',
  placeholder: 'STRING',
  read(value) {
    if (Array.isArray(value)) return value.map((item) => text.read(item))
    if (typeof value !== 'string') return wrong('a text with commas', value)
    return value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '')
  },
}

/** A table of texts. */
export const textTable: Kind<Readonly<Record<string, string>>> = {
  words: 'object of texts',
  placeholder: undefined,
  read(value) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong('an object', value)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, text.read(item)]))
  },
}

/** One of some words. */
export function oneOf<const T extends string>(...words: readonly T[]): Kind<T> {
  const list = words.map((word) => `"${word}"`).join(', ')
  return {
    words: list,
    placeholder: 'STRING',
    read(value) {
      const word = typeof value === 'string' ? value.trim().toLowerCase() : ''
      return words.find((known) => known === word) ?? wrong(`one of ${list}`, value)
    },
  }
}

/** A function, which only a config file can give. */
export function hook<F extends (...args: never[]) => unknown>(parameters: string): Kind<F | null> {
  return {
    words: `function (${parameters})`,
    placeholder: undefined,
    read: (value) =>
      value === null || typeof value === 'function' ? (value as F | null) : wrong('a function', value),
  }
}
