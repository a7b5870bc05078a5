import { count, optionalText } from './kind.ts'
import { setting } from './setting.ts'

/** Gunicorn's chapter "SSL". */
export const ssl = {
  keyfile: setting({
    flags: ['--keyfile'],
    kind: optionalText,
    default: null,
    words: 'The file of the private key, in PEM.',
    more: 'It may be in the file of the certificate as well. Key and certificate are read anew on HUP.',
  }),
  certfile: setting({
    flags: ['--certfile'],
    kind: optionalText,
    default: null,
    words: 'The file of the certificate with its chain, in PEM. With it the workers speak TLS.',
  }),
  cert_reqs: setting({
    flags: ['--cert-reqs'],
    kind: count,
    default: 0,
    words: 'Whether clients are asked for a certificate: 0 no, 1 politely, 2 as a condition.',
  }),
  ca_certs: setting({
    flags: ['--ca-certs'],
    kind: optionalText,
    default: null,
    words: 'The file of the authorities that vouch for certificates of clients.',
  }),
  ciphers: setting({
    flags: ['--ciphers'],
    kind: optionalText,
    default: null,
    words: 'The ciphers, in the notation of OpenSSL.',
  }),
} as const
