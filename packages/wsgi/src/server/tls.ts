import {
  createSecureContext,
  type PeerCertificate,
  type SecureContext,
  type TLSSocket,
  type TlsOptions,
} from 'node:tls'
import type { TlsInfo } from '../environ.ts'

/** Certificate and key, as PEM text or bytes. */
export interface Certificate {
  readonly cert: string | Buffer
  readonly key: string | Buffer
  readonly passphrase?: string | undefined
}

/** How a server speaks TLS. */
export interface TlsSettings extends Certificate {
  /** Certificates for other names (SNI). A name may begin with `*.`, which stands for one label. */
  readonly names?: Readonly<Record<string, Certificate>> | undefined
  /** The authorities that vouch for clients' certificates. */
  readonly ca?: string | Buffer | readonly (string | Buffer)[] | undefined
  /** Whether clients are asked for a certificate: not at all (the default), politely, or as a condition. */
  readonly clientCertificate?: 'none' | 'optional' | 'required' | undefined
  readonly ciphers?: string | undefined
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3' | undefined
}

/** The secure contexts of a server, which can be exchanged while it runs. */
export class Certificates {
  #default: SecureContext
  #names: ReadonlyMap<string, SecureContext>

  constructor(settings: TlsSettings) {
    this.#default = contextOf(settings, settings)
    this.#names = namedContexts(settings)
  }

  /**
   * Takes new certificates for all connections from now on; open ones keep theirs.
   *
   * @throws If a certificate or key cannot be read; then the old ones stay.
   */
  reload(settings: TlsSettings): void {
    const fallback = contextOf(settings, settings)
    this.#names = namedContexts(settings)
    this.#default = fallback
  }

  /** The context for a name that a client asks for. */
  contextFor(name: string): SecureContext {
    const lower = name.toLowerCase()
    return this.#names.get(lower) ?? this.#names.get(lower.replace(/^[^.]+/, '*')) ?? this.#default
  }
}

function contextOf(certificate: Certificate, settings: TlsSettings): SecureContext {
  const { cert, key, passphrase } = certificate
  const { ca, ciphers, minVersion = 'TLSv1.2' } = settings
  return createSecureContext({
    cert,
    key,
    passphrase,
    ciphers,
    minVersion,
    ca: Array.isArray(ca) ? [...ca] : (ca as string | Buffer | undefined),
  })
}

function namedContexts(settings: TlsSettings): ReadonlyMap<string, SecureContext> {
  const entries = Object.entries(settings.names ?? {})
  return new Map(entries.map(([name, certificate]) => [name.toLowerCase(), contextOf(certificate, settings)]))
}

/** Node's options for a TLS server with these settings. */
export function nodeTlsOptions(settings: TlsSettings, certificates: Certificates): TlsOptions {
  const { cert, key, passphrase, ca, ciphers, minVersion = 'TLSv1.2', clientCertificate = 'none' } = settings
  return {
    cert,
    key,
    passphrase,
    ciphers,
    minVersion,
    ca: Array.isArray(ca) ? [...ca] : (ca as string | Buffer | undefined),
    requestCert: clientCertificate !== 'none',
    rejectUnauthorized: clientCertificate === 'required',
    SNICallback: (name, done) => done(null, certificates.contextFor(name)),
  }
}

/** What an application may know of a TLS connection. */
export function tlsInfoOf(socket: TLSSocket): TlsInfo {
  const peer: Partial<PeerCertificate> = socket.getPeerCertificate() ?? {}
  const subject = peer.subject as unknown as TlsInfo['clientSubject']
  return {
    protocol: socket.getProtocol() ?? '',
    cipher: socket.getCipher()?.name ?? '',
    serverName: typeof socket.servername === 'string' ? socket.servername : '',
    authorized: socket.authorized,
    clientSubject: subject === undefined ? undefined : { ...subject },
  }
}
