import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { isIP } from 'node:net'
import { derInteger, derObjectId, derSequence, derTime, derValue } from './der.ts'

/** A certificate and its key as PEM text. */
export interface CertificatePair {
  readonly cert: string
  readonly key: string
}

const DAYS_VALID = 365
const COMMON_NAME = '2.5.4.3'
const ORGANIZATION = '2.5.4.10'
const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2'
const SUBJECT_ALT_NAME = '2.5.29.17'
const BASIC_CONSTRAINTS = '2.5.29.19'
const KEY_IDENTIFIER = '2.5.29.14'

function nameOf(commonName: string): Buffer {
  const attribute = (id: string, text: string): Buffer =>
    derValue(0x31, derSequence(derObjectId(id), derValue(0x0c, Buffer.from(text))))
  return derSequence(attribute(ORGANIZATION, 'Dummy Certificate'), attribute(COMMON_NAME, commonName))
}

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number))
  const [head = '', tail] = address.split('::')
  const groups = (part: string | undefined): string[] =>
    part === undefined || part === '' ? [] : part.split(':')
  const before = groups(head)
  const after = groups(tail)
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0')
  const bytes = [...before, ...zeros, ...after].flatMap((group) => {
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 0xff]
  })
  return Buffer.from(bytes)
}

function alternativeName(host: string): Buffer {
  return isIP(host) === 0 ? derValue(0x82, Buffer.from(host)) : derValue(0x87, addressBytes(host))
}

function extension(id: string, value: Buffer, critical = false): Buffer {
  const flag = critical ? [Buffer.of(0x01, 0x01, 0xff)] : []
  return derSequence(derObjectId(id), ...flag, derValue(0x04, value))
}

function pem(label: string, der: Uint8Array): string {
  const lines = Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n').trimEnd()
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`
}

/**
 * Makes a certificate that nobody vouches for, for `--cert adhoc`.
 *
 * @param hosts - Names and addresses for which it is good; `localhost`, `127.0.0.1` and `::1` are always among them.
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export function makeSelfSignedCertificate(hosts: readonly string[] = []): CertificatePair {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const names = [...new Set(['localhost', '127.0.0.1', '::1', ...hosts])].filter((name) => name !== '')
  const publicInfo = publicKey.export({ type: 'spki', format: 'der' })
  const algorithm = derSequence(derObjectId(ECDSA_WITH_SHA256))
  const subject = nameOf(names.at(-1) ?? 'localhost')
  const from = new Date(Date.now() - 60_000)
  const until = new Date(Date.now() + DAYS_VALID * 86_400_000)
  const identifier = createHash('sha1').update(publicInfo).digest()
  const extensions = derSequence(
    extension(BASIC_CONSTRAINTS, derSequence(Buffer.of(0x01, 0x01, 0xff)), true),
    extension(KEY_IDENTIFIER, derValue(0x04, identifier)),
    extension(SUBJECT_ALT_NAME, derSequence(...names.map(alternativeName))),
  )
  const body = derSequence(
    derValue(0xa0, derInteger(Buffer.of(2))),
    derInteger(Buffer.concat([Buffer.of(0x01), randomBytes(15)])),
    algorithm,
    subject,
    derSequence(derTime(from), derTime(until)),
    subject,
    publicInfo,
    derValue(0xa3, extensions),
  )
  const signature = sign('sha256', body, privateKey)
  const certificate = derSequence(body, algorithm, derValue(0x03, Buffer.of(0), signature))
  return {
    cert: pem('CERTIFICATE', certificate),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}
