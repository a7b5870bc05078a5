import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { ConfigError } from '../errors.ts'
import type { DefaultConfig } from './defaults.ts'
import { assignPrefixedEnv, type ValueLoader } from './prefixed-env.ts'

/** Reads the text of a configuration file. */
export type FileLoader = (text: string) => unknown

/** How `fromFile` reads. */
export interface FromFileOptions {
  /** Turns the file's text into a mapping, such as `JSON.parse`. */
  readonly load: FileLoader
  /** Gives `false` for a missing file instead of throwing. */
  readonly silent?: boolean
}

/** What `getNamespace` does with the names. */
export interface NamespaceOptions {
  /** Lower-cases the names (default). */
  readonly lowercase?: boolean
  /** Leaves the namespace off the names (default). */
  readonly trimNamespace?: boolean
}

function isConfigName(name: string): boolean {
  return name === name.toUpperCase() && name !== name.toLowerCase()
}

function namesOf(source: object): Set<string> {
  const names = new Set<string>()
  for (let level: object | null = source; level !== null && level !== Object.prototype; ) {
    if (level !== Function.prototype) for (const name of Object.getOwnPropertyNames(level)) names.add(name)
    level = Object.getPrototypeOf(level)
  }
  return names
}

function isMissingFile(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code
  return code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR'
}

/**
 * An application's configuration: the keys are plain properties, `app.config.SECRET_KEY = '...'`.
 *
 * An application's own keys are typed by declaration merging:
 * `declare module 'flask-ts' { interface Config { PAGE_SIZE: number } }`.
 *
 * @see https://flask.palletsprojects.com/config/
 */
export class Config {
  readonly #rootPath: string;
  [key: string]: unknown

  /**
   * @param rootPath - The folder that file names are relative to.
   * @param defaults - What it begins with.
   */
  constructor(rootPath: string, defaults: object = {}) {
    this.#rootPath = rootPath
    Object.assign(this, defaults)
  }

  /** The value of a key, or the default where it is not set. */
  get(key: string, fallback: unknown = null): unknown {
    return Object.hasOwn(this, key) ? this[key] : fallback
  }

  /** Whether a key is set. */
  has(key: string): boolean {
    return Object.hasOwn(this, key)
  }

  /** Sets a key that has no value yet, and gives its value. */
  setdefault(key: string, value: unknown): unknown {
    if (!Object.hasOwn(this, key)) this[key] = value
    return this[key]
  }

  /** Sets all keys of some mappings, later ones over earlier ones. */
  update(...mappings: readonly object[]): void {
    Object.assign(this, ...mappings)
  }

  /** Sets the keys of some mappings that are written in upper case; others are ignored. */
  fromMapping(...mappings: readonly (object | null | undefined)[]): boolean {
    for (const mapping of mappings) {
      for (const [key, value] of Object.entries(mapping ?? {})) if (isConfigName(key)) this[key] = value
    }
    return true
  }

  /**
   * Sets the upper-case properties of an object: a namespace import, a class with static properties (inherited
   * ones too) or an instance.
   */
  fromObject(source: object): void {
    for (const name of namesOf(source)) {
      if (isConfigName(name)) this[name] = (source as Record<string, unknown>)[name]
    }
  }

  /**
   * Sets the keys found in a file.
   *
   * @param filename - Absolute, or relative to the root path (the instance folder with `instanceRelativeConfig`).
   * @returns Whether the file was there.
   * @throws ConfigError - if the file cannot be read and the call is not silent, or does not hold a mapping.
   */
  fromFile(filename: string, options: FromFileOptions): boolean {
    const path = resolve(this.#rootPath, filename)
    let text: string
    try {
      text = readFileSync(path, 'utf8')
    } catch (error) {
      if (options.silent && isMissingFile(error)) return false
      throw new ConfigError(`Unable to load configuration file '${path}': ${(error as Error).message}`, {
        cause: error,
      })
    }
    const mapping = options.load(text)
    if (typeof mapping !== 'object' || mapping === null) {
      throw new ConfigError(`The configuration file '${path}' does not hold a mapping of keys to values.`)
    }
    return this.fromMapping(mapping)
  }

  /**
   * Sets the upper-case exports of a module, as Flask runs a Python file.
   *
   * @param filename - A `.js`, `.ts` or `.json` module, absolute or relative to the root path.
   * @returns Whether the file was there.
   */
  fromModule(filename: string, options: { readonly silent?: boolean } = {}): boolean {
    const path = resolve(this.#rootPath, filename)
    try {
      this.fromObject(createRequire(path)(path) as object)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (options.silent && code === 'MODULE_NOT_FOUND') return false
      throw new ConfigError(`Unable to load configuration module '${path}': ${(error as Error).message}`, {
        cause: error,
      })
    }
    return true
  }

  /**
   * As `fromModule`, with the file named by an environment variable.
   *
   * @throws ConfigError - if the variable is not set and the call is not silent.
   */
  fromEnvvar(variable: string, options: { readonly silent?: boolean } = {}): boolean {
    const filename = process.env[variable]
    if (filename) return this.fromModule(filename, options)
    if (options.silent) return false
    throw new ConfigError(
      `The environment variable '${variable}' is not set and as such configuration could not be loaded.` +
        ' Set this variable and make it point to a configuration file.',
    )
  }

  /**
   * Sets keys from the environment variables that begin with `PREFIX_`.
   *
   * Values are parsed as JSON, and taken as text where they are none. `__` enters nested mappings.
   */
  fromPrefixedEnv(prefix = 'FLASK', options: { readonly loads?: ValueLoader } = {}): boolean {
    assignPrefixedEnv(this, process.env, prefix, options.loads ?? JSON.parse)
    return true
  }

  /** The values whose keys begin with a namespace, by default without it and in lower case. */
  getNamespace(namespace: string, options: NamespaceOptions = {}): Record<string, unknown> {
    const found: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(this)) {
      if (!name.startsWith(namespace)) continue
      const trimmed = options.trimNamespace === false ? name : name.slice(namespace.length)
      found[options.lowercase === false ? trimmed : trimmed.toLowerCase()] = value
    }
    return found
  }
}

export interface Config extends DefaultConfig {}
