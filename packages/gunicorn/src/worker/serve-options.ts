import { readFileSync } from 'node:fs'
import type { Limits, ServerOptions, TlsSettings } from '@flask-ts/wsgi/server'
import type { Config } from '../settings/registry.ts'

/** 0 lifts a limit in Gunicorn's settings, Infinity in the server's. */
function orUnlimited(value: number): number {
  return value === 0 ? Number.POSITIVE_INFINITY : value
}

/** The server's limits for the settings. */
function limitsOf(config: Config): Partial<Limits> {
  return {
    maxRequestLine: orUnlimited(config.limit_request_line),
    maxFields: config.limit_request_fields === 0 ? 32768 : config.limit_request_fields,
    maxFieldSize: orUnlimited(config.limit_request_field_size),
    maxConnections: orUnlimited(config.worker_connections),
    keepAliveTimeout: config.keepalive * 1000,
    headTimeout: config.header_timeout * 1000,
    bodyTimeout: config.body_timeout * 1000,
    writeTimeout: config.write_timeout * 1000,
    ...(config.keepalive === 0 ? { maxRequestsPerConnection: 1 } : {}),
  }
}

/**
 * The server's TLS settings, `undefined` where the configuration has no certificate.
 *
 * @throws Node's error if a file cannot be read.
 */
function tlsOf(config: Config): TlsSettings | undefined {
  const { certfile, keyfile, ca_certs, ciphers, cert_reqs } = config
  if (certfile === null) return undefined
  return {
    cert: readFileSync(certfile),
    key: readFileSync(keyfile ?? certfile),
    ...(ca_certs === null ? {} : { ca: readFileSync(ca_certs) }),
    ...(ciphers === null ? {} : { ciphers }),
    clientCertificate: cert_reqs === 0 ? 'none' : cert_reqs === 1 ? 'optional' : 'required',
  }
}

/** Everything else that the server is told. */
export function serverOptionsOf(config: Config): Omit<ServerOptions, 'hooks'> {
  const proxies = config.proxy_allow_ips
  return {
    limits: limitsOf(config),
    tls: tlsOf(config),
    scriptName: config.root_path.replace(/\/+$/, ''),
    ...(config.proxy_protocol === 'off' ? {} : { proxyProtocol: proxies.includes('*') ? '*' : proxies }),
  }
}
