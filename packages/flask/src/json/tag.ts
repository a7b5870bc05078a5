/** What a tag needs of its serializer: the other tags. */
export interface TagHost {
  /** A value with tags in place of what JSON does not know. */
  tag(value: unknown): unknown
  /** Whether a key is that of a tag. */
  has(key: string): boolean
}

/**
 * One kind of value that JSON does not know, and how it is written and read: the base for tags of one's own.
 *
 * @see https://flask.palletsprojects.com/api/#flask.json.tag.JSONTag
 */
export abstract class JSONTag {
  /** The key that marks the value, conventionally beginning with a space; empty for one that only passes through. */
  abstract readonly key: string
  protected readonly serializer: TagHost

  constructor(serializer: TagHost) {
    this.serializer = serializer
  }

  /** Whether this tag is for a value. */
  abstract check(value: unknown): boolean

  /** A value in the terms of JSON. */
  abstract toJson(value: unknown): unknown

  /** The value of what `toJson` made. */
  abstract toPython(value: unknown): unknown

  /** What stands in the JSON: the form with its mark. */
  tag(value: unknown): unknown {
    return { [this.key]: this.toJson(value) }
  }
}
