import { strip } from '../http/strip.ts'
import { CallbackDict, type DictData } from './callback-dict.ts'

/** The directives that are also properties, in camelCase. */
const directives = [
  'base-uri',
  'child-src',
  'connect-src',
  'default-src',
  'font-src',
  'form-action',
  'frame-ancestors',
  'frame-src',
  'img-src',
  'manifest-src',
  'media-src',
  'navigate-to',
  'object-src',
  'plugin-types',
  'prefetch-src',
  'report-to',
  'report-uri',
  'require-trusted-types-for',
  'sandbox',
  'script-src',
  'script-src-attr',
  'script-src-elem',
  'style-src',
  'style-src-attr',
  'style-src-elem',
  'trusted-types',
  'upgrade-insecure-requests',
  'worker-src',
] as const

type CamelCase<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Name

/** Each directive as a property; `null` means that it is not there, and removes it. */
type DirectiveProperties = { [Name in (typeof directives)[number] as CamelCase<Name>]: string | null }

/** The properties of a policy come from its list of directives. */
export interface ContentSecurityPolicy extends DirectiveProperties {}

/**
 * A `Content-Security-Policy` header. Directives are reached as keys and, in camelCase, as properties.
 *
 * @see https://www.w3.org/TR/CSP3/#csp-header
 */
export class ContentSecurityPolicy extends CallbackDict<string> {
  /** Whether there was a header at all. */
  readonly provided: boolean

  constructor(values?: DictData<string> | null) {
    super(values)
    this.provided = values !== undefined && values !== null
  }

  /** Reads a header. Directives without a value are left out. */
  static fromHeader(header: string | null | undefined): ContentSecurityPolicy {
    if (header === null || header === undefined || header === '') return new ContentSecurityPolicy()
    const items: [string, string][] = []
    for (const part of header.split(';')) {
      const policy = strip(part)
      const space = policy.indexOf(' ')
      if (space !== -1) items.push([strip(policy.slice(0, space)), strip(policy.slice(space + 1))])
    }
    return new ContentSecurityPolicy(items)
  }

  toHeader(): string {
    return Array.from(this, ([directive, value]) => `${directive} ${value}`).join('; ')
  }

  override toString(): string {
    return this.toHeader()
  }
}

for (const directive of directives) {
  const property = directive.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
  Object.defineProperty(ContentSecurityPolicy.prototype, property, {
    configurable: true,
    get(this: CallbackDict<string>) {
      return this.get(directive) ?? null
    },
    set(this: CallbackDict<string>, value: string | null | undefined) {
      if (value === null || value === undefined) this.delete(directive)
      else this.set(directive, value)
    },
  })
}
