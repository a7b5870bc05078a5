interface StoredCookie {
  readonly name: string
  readonly value: string
  readonly domain: string
  readonly hostOnly: boolean
  readonly path: string
  readonly created: number
  readonly expires: number
}

function defaultPath(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash <= 0 ? '/' : path.slice(0, slash)
}

function pathMatches(path: string, cookiePath: string): boolean {
  if (path === cookiePath) return true
  return path.startsWith(cookiePath) && (cookiePath.endsWith('/') || path[cookiePath.length] === '/')
}

function domainMatches(host: string, cookie: StoredCookie): boolean {
  if (host === cookie.domain) return true
  return !cookie.hostOnly && host.endsWith(`.${cookie.domain}`)
}

/** The cookies of one browser (RFC 6265); `Secure` ones are sent too, as if behind TLS. */
export class CookieJar {
  #cookies: StoredCookie[] = []
  #clock = 0

  /** Stores what an answer sets. */
  store(setCookie: string, host: string, path: string): void {
    const [pair = '', ...attributes] = setCookie.split(';')
    const equals = pair.indexOf('=')
    const name = pair.slice(0, equals).trim()
    const given = new Map(
      attributes.map((attribute): [string, string] => {
        const [key = '', ...value] = attribute.split('=')
        return [key.trim().toLowerCase(), value.join('=').trim()]
      }),
    )
    const domain = given.get('domain')?.replace(/^\./, '').toLowerCase()
    if (domain && host !== domain && !host.endsWith(`.${domain}`)) return
    const cookiePath = given.get('path')?.startsWith('/') ? given.get('path')! : defaultPath(path)
    const cookie: StoredCookie = {
      name,
      value: pair.slice(equals + 1).trim(),
      domain: domain || host,
      hostOnly: !domain,
      path: cookiePath,
      created: this.#clock++,
      expires: expiryOf(given),
    }
    const old = this.#cookies.find(
      (known) => known.name === name && known.domain === cookie.domain && known.path === cookiePath,
    )
    this.#cookies = this.#cookies.filter((known) => known !== old)
    if (cookie.expires > Date.now()) {
      this.#cookies.push(old === undefined ? cookie : { ...cookie, created: old.created })
    }
  }

  /** The `Cookie` field for a request, or `undefined` if none applies. */
  fieldFor(host: string, path: string): string | undefined {
    const found = this.#cookies
      .filter(
        (cookie) =>
          domainMatches(host, cookie) && pathMatches(path, cookie.path) && cookie.expires > Date.now(),
      )
      .sort((a, b) => b.path.length - a.path.length || a.created - b.created)
    return found.length === 0 ? undefined : found.map((cookie) => `${cookie.name}=${cookie.value}`).join('; ')
  }
}

function expiryOf(attributes: ReadonlyMap<string, string>): number {
  const maxAge = attributes.get('max-age')
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return Date.now() + Number(maxAge) * 1000
  const expires = Date.parse(attributes.get('expires') ?? '')
  return Number.isNaN(expires) ? Number.POSITIVE_INFINITY : expires
}
