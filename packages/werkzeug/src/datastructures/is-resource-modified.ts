import { parseDate } from '../http/dates.ts'
import { generateEtag, unquoteEtag } from '../http/etags.ts'
import { ETags } from './etags.ts'
import { IfRange } from './if-range.ts'

/** Where a request's header fields can be looked up by their lower-case names. */
export interface FieldLookup {
  get(lowerCaseName: string): string | null | undefined
}

/** What is known of the resource as it is now. */
export interface ResourceState {
  /** Its entity tag, with or without quotes. */
  readonly etag?: string | null
  /** Its contents, to make the tag from: not together with `etag`. */
  readonly data?: string | Uint8Array | null
  readonly lastModified?: Date | string | null
  /** `false` lets `If-Range` count. */
  readonly ignoreIfRange?: boolean
}

/** A resource was described by its tag and its contents, which could contradict each other. */
export class AmbiguousResource extends TypeError {
  override readonly name = 'AmbiguousResource'

  constructor() {
    super('isResourceModified() got both etag and data: give one of them')
  }
}

function lastModifiedOf(value: Date | string | null | undefined): number | undefined {
  const date = typeof value === 'string' ? parseDate(value) : value
  // HTTP dates have whole seconds.
  return date === undefined || date === null ? undefined : Math.floor(date.getTime() / 1000) * 1000
}

function tagIsCurrent(
  request: FieldLookup,
  etag: string,
  ifRangeTag: string | null,
  byDate: boolean,
): boolean {
  if (ifRangeTag !== null) return ETags.fromHeader(ifRangeTag).contains(etag)
  let unmodified = byDate
  const ifNoneMatch = ETags.fromHeader(request.get('if-none-match'))
  if (!ifNoneMatch.isEmpty) unmodified = ifNoneMatch.containsWeak(etag)
  const ifMatch = ETags.fromHeader(request.get('if-match'))
  if (!ifMatch.isEmpty) unmodified = !ifMatch.isStrong(etag)
  return unmodified
}

/**
 * Whether a conditional request must be answered in full.
 *
 * `If-None-Match` overrides `If-Modified-Since`, and `If-Match` overrides both: it says "unmodified" when its
 * condition does not hold.
 *
 * @param request - The request's header fields.
 * @param resource - The resource as it is now.
 * @throws AmbiguousResource
 * @see https://httpwg.org/specs/rfc9110.html#preconditions
 */
export function isResourceModified(request: FieldLookup, resource: ResourceState): boolean {
  const { data, ignoreIfRange = true } = resource
  let etag = resource.etag
  if (data !== undefined && data !== null) {
    if (etag !== undefined && etag !== null) throw new AmbiguousResource()
    etag = generateEtag(data)
  }
  const range = request.get('range')
  const hasIfRange = !ignoreIfRange && range !== undefined && range !== null
  const ifRange = hasIfRange ? IfRange.fromHeader(request.get('if-range')) : new IfRange()
  const since = ifRange.date ?? parseDate(request.get('if-modified-since'))
  const lastModified = lastModifiedOf(resource.lastModified)
  const byDate = since !== undefined && lastModified !== undefined && lastModified <= since.getTime()
  const [tag] = unquoteEtag(etag)
  return !(tag === undefined ? byDate : tagIsCurrent(request, tag, ifRange.etag, byDate))
}
