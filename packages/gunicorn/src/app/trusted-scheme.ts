import { BlockList, isIPv6 } from 'node:net'
import {
  type Application,
  deriveEnviron,
  type Environ,
  type Middleware,
  type WsgiResponse,
} from '@flask-ts/wsgi'
import { SettingError } from '../errors.ts'
import type { Config } from '../settings/registry.ts'

/**
 * A test for whether an address is one of those that a setting lists. Unix sockets, which have none, always are.
 *
 * @param entries - Addresses, networks such as `10.0.0.0/8`, or `*`.
 * @throws SettingError if an entry is malformed.
 */
export function addressTest(entries: readonly string[], name: string): (host: string) => boolean {
  if (entries.includes('*')) return () => true
  const list = new BlockList()
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    try {
      if (prefix === undefined) list.addAddress(address, family)
      else list.addSubnet(address, Number(prefix), family)
    } catch {
      throw new SettingError(`${name} has '${entry}', which is neither an address nor a network.`)
    }
  }
  return (host) => {
    if (host === '' || host.startsWith('/')) return true
    if (!isIPv6(host)) return list.check(host, 'ipv4')
    return list.check(host, 'ipv6') || (host.startsWith('::ffff:') && list.check(host.slice(7), 'ipv4'))
  }
}

const contradiction: WsgiResponse = {
  status: 400,
  headers: [['Content-Type', 'text/plain; charset=utf-8']],
  body: 'Bad Request: the fields that tell the scheme contradict each other\n',
}

/**
 * Believes what trusted proxies say of the scheme (`secure_scheme_headers`, `forwarded_allow_ips`).
 *
 * @returns `undefined` if nobody is trusted, or no field is believed.
 */
export function trustedScheme(config: Config): Middleware | undefined {
  const fields = Object.entries(config.secure_scheme_headers).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  )
  if (fields.length === 0 || config.forwarded_allow_ips.length === 0) return undefined
  const isTrusted = addressTest(config.forwarded_allow_ips, 'forwarded_allow_ips')
  let lastHost: string | undefined
  let lastAnswer = false
  const trusts = (host: string): boolean => {
    // Behind a proxy it is the same address again and again.
    if (host !== lastHost) {
      lastAnswer = isTrusted(host)
      lastHost = host
    }
    return lastAnswer
  }
  return (application: Application) => (environ: Environ) => {
    // Where the PROXY protocol told of a client, the client is asked here, and it is trusted less than its proxy.
    if (!trusts(environ.remote.host)) return application(environ)
    let scheme: 'http' | 'https' | undefined
    for (const [name, secure] of fields) {
      const value = environ.headers.get(name)
      if (value === undefined) continue
      const told = value === secure ? 'https' : 'http'
      if (scheme !== undefined && scheme !== told) return contradiction
      scheme = told
    }
    const unchanged = scheme === undefined || scheme === environ.scheme
    return application(unchanged ? environ : deriveEnviron(environ, { scheme }))
  }
}
