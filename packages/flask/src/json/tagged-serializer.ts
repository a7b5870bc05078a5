import { dumpJson } from '@flask-ts/itsdangerous'
import { decodeJson } from './decode.ts'
import type { JSONTag, TagHost } from './tag.ts'
import { PassDict, PassList, TagBytes, TagDateTime, TagDict, TagMarkup, TagTuple, TagUUID } from './tags.ts'

/** A class of tags. */
export type JSONTagClass = new (serializer: TagHost) => JSONTag

/** Python's order: the first tag that is for a value writes it. */
const defaultTags: readonly JSONTagClass[] = [
  TagDict,
  PassDict,
  TagTuple,
  PassList,
  TagBytes,
  TagMarkup,
  TagUUID,
  TagDateTime,
]

/**
 * Writes values as compact JSON with marks for what JSON does not know: tuples, bytes, markup, UUIDs and dates.
 *
 * @see https://flask.palletsprojects.com/api/#flask.json.tag.TaggedJSONSerializer
 */
export class TaggedJSONSerializer implements TagHost {
  readonly #byKey = new Map<string, JSONTag>()
  readonly #order: JSONTag[] = []

  constructor(tags: readonly JSONTagClass[] = defaultTags) {
    for (const tag of tags) this.register(tag)
  }

  /**
   * Adds a tag.
   *
   * @param options - `force` replaces a tag of the same key; `index` is the place in the order of asking, for a tag
   *   that must come before another, such as one for a subclass. Default: the last.
   * @throws {RangeError} If the key is taken.
   */
  register(
    tagClass: JSONTagClass,
    options: { readonly force?: boolean; readonly index?: number } = {},
  ): void {
    const tag = new tagClass(this)
    if (tag.key !== '') {
      if (!options.force && this.#byKey.has(tag.key)) {
        throw new RangeError(`Tag ${JSON.stringify(tag.key)} is already registered: pass force to replace it`)
      }
      this.#byKey.set(tag.key, tag)
    }
    this.#order.splice(options.index ?? this.#order.length, 0, tag)
  }

  has(key: string): boolean {
    return this.#byKey.has(key)
  }

  tag(value: unknown): unknown {
    // Most members of a session are text, numbers and booleans, for which no tag can be.
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return value
    return this.#order.find((tag) => tag.check(value))?.tag(value) ?? value
  }

  /** The value of an object with a mark; other objects are left as they are. */
  untag(value: Readonly<Record<string, unknown>>): unknown {
    const keys = Object.keys(value)
    const tag = keys.length === 1 ? this.#byKey.get(keys[0]!) : undefined
    return tag === undefined ? value : tag.toPython(value[keys[0]!])
  }

  #untagAll(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((member) => this.#untagAll(member))
    if (typeof value !== 'object' || value === null) return value
    const members = Object.entries(value).map(([key, member]) => [key, this.#untagAll(member)])
    return this.untag(Object.fromEntries(members))
  }

  /** A value as tagged JSON: keys sorted, ASCII only, no white space. */
  dumps(value: unknown): string {
    return dumpJson(this.tag(value), { sortKeys: true, separators: [',', ':'] })
  }

  /** The value of tagged JSON. */
  loads(text: string): unknown {
    return this.#untagAll(decodeJson(text))
  }
}
