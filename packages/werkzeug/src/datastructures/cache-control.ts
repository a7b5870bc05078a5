import { dumpHeader, parseDictItems } from '../http/lists.ts'
import { CallbackDict, type DictData } from './callback-dict.ts'
import { convert, int } from './conversion.ts'
import { ImmutableError } from './immutable-error.ts'

/** How a directive's value is read: there or not, seconds, or text. */
export type DirectiveKind = 'flag' | 'seconds' | 'text'

/**
 * What `Cache-Control` of requests and responses have in common. Directives are reached as keys, with their text, and
 * as properties, with their meaning.
 *
 * @see https://httpwg.org/specs/rfc9111.html#field.cache-control
 */
export class CacheControl extends CallbackDict<string | null> {
  declare noStore: boolean
  /** Seconds. */
  declare maxAge: number | null
  declare noTransform: boolean
  /** Seconds. */
  declare staleIfError: number | null
  /** Whether there was a header at all. */
  readonly provided: boolean

  constructor(values?: DictData<string | null> | null) {
    super(values)
    this.provided = values !== undefined && values !== null
  }

  /** Reads a header; nothing gives an empty one that is not `provided`. */
  static fromHeader<T extends CacheControl>(
    this: new (
      values?: DictData<string | null> | null,
    ) => T,
    header: string | null | undefined,
  ): T {
    return header ? new this(parseDictItems(header)) : new this()
  }

  /**
   * The meaning of a directive.
   *
   * @param key - Its name as in the header.
   * @param empty - What it means without a value.
   */
  directive(key: string, kind: DirectiveKind, empty: true | null): boolean | number | string | null {
    if (kind === 'flag') return this.has(key)
    const value = this.get(key)
    if (value === undefined) return null
    if (value === null) return empty
    return kind === 'text' ? value : (convert(value, int)?.value ?? null)
  }

  /** Sets a directive: `true` without a value; `false`, `null` and `undefined` remove it. */
  setDirective(key: string, kind: DirectiveKind, value: unknown): void {
    if (kind === 'flag' ? !value : value === null || value === undefined || value === false) this.delete(key)
    else if (kind === 'flag' || value === true) this.set(key, null)
    else this.set(key, kind === 'seconds' ? String(int(value as string | number)) : String(value))
  }

  toHeader(): string {
    return dumpHeader(new Map(this))
  }

  override toString(): string {
    return this.toHeader()
  }
}

/** The `Cache-Control` of a request. It cannot be changed. */
export class RequestCacheControl extends CacheControl {
  declare noCache: boolean
  /** Seconds; `true` for any. */
  declare maxStale: number | true | null
  /** Seconds. */
  declare minFresh: number | null
  declare onlyIfCached: boolean

  override set(): never {
    throw new ImmutableError(this)
  }

  override setdefault(): never {
    throw new ImmutableError(this)
  }

  override update(): never {
    throw new ImmutableError(this)
  }

  override delete(): never {
    throw new ImmutableError(this)
  }

  override delItem(): never {
    throw new ImmutableError(this)
  }

  override pop(): never {
    throw new ImmutableError(this)
  }

  override popitem(): never {
    throw new ImmutableError(this)
  }

  override clear(): never {
    throw new ImmutableError(this)
  }
}

/** The `Cache-Control` of a response. */
export class ResponseCacheControl extends CacheControl {
  /** `true`, or the fields that it is about. */
  declare noCache: string | true | null
  declare public: boolean
  /** `true`, or the fields that it is about. */
  declare private: string | true | null
  declare mustRevalidate: boolean
  declare proxyRevalidate: boolean
  /** Seconds. */
  declare sMaxage: number | null
  declare immutable: boolean
  declare mustUnderstand: boolean
  /** Seconds. */
  declare staleWhileRevalidate: number | null
}

type Directives = Readonly<Record<string, readonly [key: string, kind: DirectiveKind, empty?: true]>>

function defineDirectives(prototype: CacheControl, directives: Directives): void {
  for (const [property, [key, kind, empty = null]] of Object.entries(directives)) {
    Object.defineProperty(prototype, property, {
      configurable: true,
      get(this: CacheControl) {
        return this.directive(key, kind, empty)
      },
      set(this: CacheControl, value: unknown) {
        this.setDirective(key, kind, value)
      },
    })
  }
}

defineDirectives(CacheControl.prototype, {
  noStore: ['no-store', 'flag'],
  maxAge: ['max-age', 'seconds'],
  noTransform: ['no-transform', 'flag'],
  staleIfError: ['stale-if-error', 'seconds'],
})
defineDirectives(RequestCacheControl.prototype, {
  noCache: ['no-cache', 'flag'],
  maxStale: ['max-stale', 'seconds', true],
  minFresh: ['min-fresh', 'seconds'],
  onlyIfCached: ['only-if-cached', 'flag'],
})
defineDirectives(ResponseCacheControl.prototype, {
  noCache: ['no-cache', 'text', true],
  public: ['public', 'flag'],
  private: ['private', 'text', true],
  mustRevalidate: ['must-revalidate', 'flag'],
  proxyRevalidate: ['proxy-revalidate', 'flag'],
  sMaxage: ['s-maxage', 'seconds'],
  immutable: ['immutable', 'flag'],
  mustUnderstand: ['must-understand', 'flag'],
  staleWhileRevalidate: ['stale-while-revalidate', 'seconds'],
})
