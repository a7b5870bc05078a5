import { ContentSecurityPolicy } from '../datastructures/content-security-policy.ts'
import type { HeaderSet } from '../datastructures/header-set.ts'
import { WWWAuthenticate } from '../datastructures/www-authenticate.ts'
import { parsePlainInt } from '../http/plain-int.ts'
import { EntityResponse, type HeaderSetInput } from './entity-headers.ts'

/** Who may share a browsing context with a document. */
export type CrossOriginOpenerPolicy = 'unsafe-none' | 'same-origin-allow-popups' | 'same-origin'

/** Which resources a document may load without their leave. */
export type CrossOriginEmbedderPolicy = 'unsafe-none' | 'require-corp' | 'credentialless'

/** Who may load a resource. */
export type CrossOriginResourcePolicy = 'same-site' | 'same-origin' | 'cross-origin'

type PolicyInput = ContentSecurityPolicy | string | null | undefined

/**
 * A response with everything but what depends on the request (see `Response`): also what HTTP exceptions answer with.
 */
export class BaseResponse extends EntityResponse {
  /** The challenge of a 401; changes are written back. Takes several, each for a field of its own. */
  get wwwAuthenticate(): WWWAuthenticate {
    const value =
      WWWAuthenticate.fromHeader(this.headers.get('WWW-Authenticate')) ?? new WWWAuthenticate('basic')
    value.onUpdate = (changed) => {
      this.wwwAuthenticate = changed
    }
    return value
  }

  set wwwAuthenticate(value: WWWAuthenticate | readonly WWWAuthenticate[] | null | undefined) {
    if (value instanceof WWWAuthenticate) {
      this.headers.set('WWW-Authenticate', value.toHeader())
      value.onUpdate = (changed) => this.headers.set('WWW-Authenticate', changed.toHeader())
    } else
      this.headers.setlist(
        'WWW-Authenticate',
        (value ?? []).map((item) => item.toHeader()),
      )
  }

  /** What the browser may load and run; changes are written back. */
  get contentSecurityPolicy(): ContentSecurityPolicy {
    return this.#policy('Content-Security-Policy')
  }

  set contentSecurityPolicy(value: PolicyInput) {
    this.#setPolicy('Content-Security-Policy', value)
  }

  /** The same, only reported and not enforced. */
  get contentSecurityPolicyReportOnly(): ContentSecurityPolicy {
    return this.#policy('Content-Security-Policy-Report-Only')
  }

  set contentSecurityPolicyReportOnly(value: PolicyInput) {
    this.#setPolicy('Content-Security-Policy-Report-Only', value)
  }

  #policy(name: string): ContentSecurityPolicy {
    const policy = ContentSecurityPolicy.fromHeader(this.headers.get(name))
    policy.onUpdate = () => this.#setPolicy(name, policy)
    return policy
  }

  #setPolicy(name: string, value: PolicyInput): void {
    const text = value instanceof ContentSecurityPolicy ? value.toHeader() : value
    this.setField(name, text || undefined)
  }

  /** Whether a page of another origin may send credentials and read the answer. */
  get accessControlAllowCredentials(): boolean {
    return this.headers.has('Access-Control-Allow-Credentials')
  }

  set accessControlAllowCredentials(value: boolean | null | undefined) {
    this.setField('Access-Control-Allow-Credentials', value === true ? 'true' : undefined)
  }

  /** The header fields that a request from another origin may have. */
  get accessControlAllowHeaders(): HeaderSet {
    return this.headerSet('Access-Control-Allow-Headers')
  }

  set accessControlAllowHeaders(value: HeaderSetInput) {
    this.setHeaderSet('Access-Control-Allow-Headers', value)
  }

  /** The methods that a request from another origin may have. */
  get accessControlAllowMethods(): HeaderSet {
    return this.headerSet('Access-Control-Allow-Methods')
  }

  set accessControlAllowMethods(value: HeaderSetInput) {
    this.setHeaderSet('Access-Control-Allow-Methods', value)
  }

  /** The origin, or `*`, whose pages may read the answer. */
  get accessControlAllowOrigin(): string | undefined {
    return this.headers.get('Access-Control-Allow-Origin')
  }

  set accessControlAllowOrigin(value: string | null | undefined) {
    this.setField('Access-Control-Allow-Origin', value)
  }

  /** The header fields that a page of another origin may read. */
  get accessControlExposeHeaders(): HeaderSet {
    return this.headerSet('Access-Control-Expose-Headers')
  }

  set accessControlExposeHeaders(value: HeaderSetInput) {
    this.setHeaderSet('Access-Control-Expose-Headers', value)
  }

  /** How many seconds the browser may remember all this. */
  get accessControlMaxAge(): number | undefined {
    return parsePlainInt(this.headers.get('Access-Control-Max-Age') ?? '')
  }

  set accessControlMaxAge(seconds: number | null | undefined) {
    this.setField('Access-Control-Max-Age', seconds)
  }

  /** Who may share a browsing context with the document. */
  get crossOriginOpenerPolicy(): CrossOriginOpenerPolicy {
    return (this.headers.get('Cross-Origin-Opener-Policy') ?? 'unsafe-none') as CrossOriginOpenerPolicy
  }

  set crossOriginOpenerPolicy(value: CrossOriginOpenerPolicy | null | undefined) {
    this.setField('Cross-Origin-Opener-Policy', value)
  }

  /** Which resources the document may load without their leave. */
  get crossOriginEmbedderPolicy(): CrossOriginEmbedderPolicy {
    return (this.headers.get('Cross-Origin-Embedder-Policy') ?? 'unsafe-none') as CrossOriginEmbedderPolicy
  }

  set crossOriginEmbedderPolicy(value: CrossOriginEmbedderPolicy | null | undefined) {
    this.setField('Cross-Origin-Embedder-Policy', value)
  }

  /** Who may load the resource. */
  get crossOriginResourcePolicy(): CrossOriginResourcePolicy | undefined {
    return this.headers.get('Cross-Origin-Resource-Policy') as CrossOriginResourcePolicy | undefined
  }

  set crossOriginResourcePolicy(value: CrossOriginResourcePolicy | null | undefined) {
    this.setField('Cross-Origin-Resource-Policy', value)
  }
}
