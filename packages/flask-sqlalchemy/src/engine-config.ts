import { mkdirSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { DatabaseUrl, type EngineOptions, makeUrl } from '@flask-ts/sqlalchemy'
import type { Flask } from 'flask-ts'
import { DatabaseConfigError, MissingDatabaseUriError } from './errors.ts'

/** Options of an engine with its URL. */
export interface EngineSettings extends EngineOptions {
  url: string | DatabaseUrl
}

/** Seconds after which MySQL's connections are replaced; the server would end them after eight hours. */
const mysqlRecycle = 7200

/** `pool_size`, as configuration files have it, is our `poolSize`. */
function camelCased(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).map(([key, value]) => [
      key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  )
}

function asOptions(value: unknown, key: string): Record<string, unknown> {
  if (value === undefined || value === null) return {}
  if (typeof value === 'object' && !Array.isArray(value)) return camelCased(value as Record<string, unknown>)
  throw new DatabaseConfigError(`'${key}' must be an object, not ${JSON.stringify(value)}.`)
}

function isUrl(value: unknown): value is string | DatabaseUrl {
  return typeof value === 'string' || value instanceof DatabaseUrl
}

/** A file of SQLite lies in the instance folder unless its path says otherwise. */
function withInstanceFolder(url: DatabaseUrl, app: Flask): DatabaseUrl {
  const { database } = url
  if (database === null || database === '' || database === ':memory:') return url
  const isUri = url.query.uri !== undefined && database.startsWith('file:')
  const path = isUri ? database.slice('file:'.length) : database
  if (isAbsolute(path) || path.startsWith(':memory:')) return url
  mkdirSync(app.instancePath, { recursive: true })
  const full = join(app.instancePath, path)
  return url.set({ database: isUri ? `file:${full}` : full })
}

function withDriverDefaults(settings: EngineSettings, app: Flask): EngineSettings {
  const url = makeUrl(settings.url)
  if (url.backendName === 'sqlite') return { ...settings, url: withInstanceFolder(url, app) }
  if (url.backendName !== 'mysql' && url.backendName !== 'mariadb') return { ...settings, url }
  return {
    ...settings,
    url: url.set({ query: { charset: 'utf8mb4', ...url.query } }),
    poolRecycle: settings.poolRecycle ?? mysqlRecycle,
  }
}

/**
 * The engines that an application's configuration asks for, by bind key; `null` is the usual one.
 *
 * @param defaults - Options for all engines, which the configuration's own go over.
 * @throws MissingDatabaseUriError - if no database is configured.
 */
export function configuredEngines(app: Flask, defaults: EngineOptions): Map<string | null, EngineSettings> {
  const { config } = app
  const settings = new Map<string | null, Record<string, unknown>>()
  for (const [key, value] of Object.entries((config.SQLALCHEMY_BINDS ?? {}) as Record<string, unknown>)) {
    const given = isUrl(value) ? { url: value } : asOptions(value, `SQLALCHEMY_BINDS.${key}`)
    settings.set(key, { ...defaults, ...given })
  }
  const options = asOptions(config.SQLALCHEMY_ENGINE_OPTIONS, 'SQLALCHEMY_ENGINE_OPTIONS')
  const url = config.SQLALCHEMY_DATABASE_URI ?? options.url
  if (url !== undefined && url !== null) settings.set(null, { ...defaults, ...options, url })
  if (settings.size === 0) {
    throw new MissingDatabaseUriError(
      "Either 'SQLALCHEMY_DATABASE_URI' or 'SQLALCHEMY_BINDS' must be set. Set it before SQLAlchemy gets the app.",
    )
  }
  const echo = Boolean(config.SQLALCHEMY_ECHO)
  return new Map(
    Array.from(settings, ([key, { url: given, ...rest }]) => {
      if (isUrl(given)) return [key, withDriverDefaults({ echo, ...rest, url: given }, app)]
      throw new DatabaseConfigError(
        `The database URL of bind ${key} must be text, not ${JSON.stringify(given)}.`,
      )
    }),
  )
}
