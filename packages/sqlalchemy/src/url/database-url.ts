import { ArgumentError } from '../errors/base-errors.ts'

const urlForm =
  /^(?<name>[\w+-]+):\/\/(?:(?<username>[^:/?@]*)(?::(?<password>[^@]*))?@)?(?:\[(?<ipv6>[^/?\]]+)\]|(?<host>[^/:?]*))?(?::(?<port>\d+))?(?:\/(?<database>[^?]*))?(?:\?(?<query>.*))?$/

/** The parts of a database URL. */
export interface UrlParts {
  /** Dialect and driver: `postgresql`, `sqlite+better-sqlite3`. */
  readonly drivername: string
  readonly username: string | null
  readonly password: string | null
  readonly host: string | null
  readonly port: number | null
  readonly database: string | null
  readonly query: Readonly<Record<string, string>>
}

/** A database URL (`sqlalchemy.engine.URL`). */
export class DatabaseUrl implements UrlParts {
  readonly drivername: string
  readonly username: string | null
  readonly password: string | null
  readonly host: string | null
  readonly port: number | null
  readonly database: string | null
  readonly query: Readonly<Record<string, string>>

  constructor(parts: Partial<UrlParts> & { drivername: string }) {
    this.drivername = parts.drivername
    this.username = parts.username ?? null
    this.password = parts.password ?? null
    this.host = parts.host ?? null
    this.port = parts.port ?? null
    this.database = parts.database ?? null
    this.query = parts.query ?? {}
  }

  /** The database family: `sqlite`, `postgresql`, `mysql`, `mariadb`. */
  get backendName(): string {
    return this.drivername.split('+')[0] as string
  }

  /** The driver after the plus sign, or null for the usual one. */
  get driverName(): string | null {
    return this.drivername.split('+')[1] ?? null
  }

  /** A copy with some parts replaced. */
  set(changes: Partial<UrlParts>): DatabaseUrl {
    return new DatabaseUrl({ ...this.parts(), ...changes })
  }

  parts(): UrlParts {
    const { drivername, username, password, host, port, database, query } = this
    return { drivername, username, password, host, port, database, query }
  }

  /** The URL as text; `hidePassword: false` shows what must not be logged. */
  renderAsString(options: { hidePassword?: boolean } = {}): string {
    const hide = options.hidePassword ?? true
    let text = `${this.drivername}://`
    if (this.username !== null) {
      text += encodeURIComponent(this.username)
      if (this.password !== null) text += `:${hide ? '***' : encodeURIComponent(this.password)}`
      text += '@'
    }
    if (this.host !== null) text += this.host.includes(':') ? `[${this.host}]` : this.host
    if (this.port !== null) text += `:${this.port}`
    if (this.database !== null) text += `/${this.database}`
    const query = new URLSearchParams(this.query).toString()
    return query ? `${text}?${query}` : text
  }

  toString(): string {
    return this.renderAsString()
  }
}

/**
 * Reads a database URL.
 * @throws ArgumentError when the text is no such URL
 */
export function makeUrl(given: string | DatabaseUrl): DatabaseUrl {
  if (given instanceof DatabaseUrl) return given
  const groups = urlForm.exec(String(given))?.groups
  if (!groups?.name) throw new ArgumentError(`Could not parse SQLAlchemy URL from string '${String(given)}'`)
  const decode = (text: string | undefined) => (text === undefined ? null : decodeURIComponent(text))
  return new DatabaseUrl({
    drivername: groups.name,
    username: decode(groups.username),
    password: decode(groups.password),
    host: groups.ipv6 ?? (groups.host ? groups.host : null),
    port: groups.port ? Number(groups.port) : null,
    database: groups.database ? groups.database : null,
    query: Object.fromEntries(new URLSearchParams(groups.query ?? '')),
  })
}
