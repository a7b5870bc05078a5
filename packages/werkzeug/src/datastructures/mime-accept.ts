import { Accept } from './accept.ts'

/** The application asked about something that is not a media type. */
export class InvalidMimetype extends Error {
  override readonly name = 'InvalidMimetype'

  constructor(value: string) {
    super(`${JSON.stringify(value)} is not a media type: write it as 'type/subtype', or as '*/*' for any`)
  }
}

const separators = /\/|\s*;\s*/

interface MediaRange {
  readonly type: string
  readonly subtype: string
  readonly parameters: string
}

/** `undefined` for what is no media range: without a slash, or any type of one subtype. */
function parseRange(text: string): MediaRange | undefined {
  if (!text.includes('/')) return undefined
  const [type = '', subtype = '', ...parameters] = text.toLowerCase().split(separators)
  if (type === '*' && subtype !== '*') return undefined
  return { type, subtype, parameters: ['', ...parameters.sort()].join(';') }
}

/** The media types that a client takes. */
export class MIMEAccept extends Accept {
  protected override specificity(value: string): readonly boolean[] {
    return value.split(separators).map((part) => part !== '*')
  }

  protected override valueMatches(value: string, item: string): boolean {
    if (!item.includes('/')) return false
    const wanted = parseRange(value)
    if (wanted === undefined) throw new InvalidMimetype(value)
    const range = parseRange(item)
    if (range === undefined) return false
    if (range.type === '*' || wanted.type === '*') return true
    if (range.type !== wanted.type) return false
    if (range.subtype === '*' || wanted.subtype === '*') return true
    return range.subtype === wanted.subtype && range.parameters === wanted.parameters
  }

  /** Whether the client takes HTML. */
  get acceptHtml(): boolean {
    return this.has('text/html') || this.acceptXhtml
  }

  /** Whether the client takes XHTML. */
  get acceptXhtml(): boolean {
    return this.has('application/xhtml+xml') || this.has('application/xml')
  }

  /** Whether the client takes JSON. */
  get acceptJson(): boolean {
    return this.has('application/json')
  }
}
