import {
  Accept,
  CallbackDict,
  CombinedMultiDict,
  ContentRange,
  ETags,
  HeaderSet,
  Headers,
  IfRange,
  ImmutableMultiDict,
  LanguageAccept,
  MIMEAccept,
  MultiDict,
  Range,
  ResponseCacheControl,
  WWWAuthenticate,
} from '@flask-ts/werkzeug/datastructures'
import { UnknownInCorpus } from './outcome.ts'

/** A structure of a corpus, and how often it has called back. */
export interface Structure {
  readonly value: object
  readonly updates: () => number
}

/** Something with a place for a callback. */
interface Watchable {
  onUpdate: ((value: never) => void) | undefined
}

function watched<T extends Watchable & object>(value: T): Structure {
  let count = 0
  value.onUpdate = () => {
    count++
  }
  return { value, updates: () => count }
}

function unwatched(value: object): Structure {
  return { value, updates: () => 0 }
}

type Init = never

const makers: Readonly<Record<string, (init: Init) => Structure>> = {
  Accept: (init) => unwatched(new Accept(init)),
  MIMEAccept: (init) => unwatched(new MIMEAccept(init)),
  LanguageAccept: (init) => unwatched(new LanguageAccept(init)),
  CallbackDict: (init) => watched(new CallbackDict(init)),
  CombinedMultiDict: (init: [string, string][][]) =>
    unwatched(new CombinedMultiDict(init.map((pairs) => new MultiDict(pairs)))),
  ContentRange: (init: ConstructorParameters<typeof ContentRange>) => watched(new ContentRange(...init)),
  ETags: (init) => unwatched(new ETags(init)),
  Headers: (init) => unwatched(new Headers(init)),
  HeaderSet: (init) => watched(new HeaderSet(init ?? [])),
  IfRange: ({ etag, date }: { etag?: string; date?: number }) =>
    unwatched(new IfRange(etag, date === undefined ? null : new Date(date * 1000))),
  ImmutableMultiDict: (init) => unwatched(new ImmutableMultiDict(init)),
  MultiDict: (init) => unwatched(new MultiDict(init)),
  Range: (init: ConstructorParameters<typeof Range>) => unwatched(new Range(...init)),
  ResponseCacheControl: (init) => watched(new ResponseCacheControl(init)),
  WWWAuthenticate: (init: ConstructorParameters<typeof WWWAuthenticate>) =>
    watched(new WWWAuthenticate(...init)),
}

/**
 * Makes a structure.
 *
 * @param type - Its class.
 * @param init - What the corpus constructs it from.
 * @throws UnknownInCorpus for an unknown class, and whatever the constructor throws.
 */
export function makeStructure(type: string, init: unknown): Structure {
  const make = makers[type]
  if (make === undefined) throw new UnknownInCorpus(`no structure ${type}`)
  return make(decodeData(init) as never)
}

/** `{"$": "multi", "pairs": ...}` is a `MultiDict`; everything else is what it is. */
export function decodeData(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || !('$' in data)) return data
  return new MultiDict((data as unknown as { pairs: [string, string][] }).pairs)
}
