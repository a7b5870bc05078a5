import { standardBase64Decode } from '@flask-ts/itsdangerous'
import { Tuple, tupleFrom } from '@flask-ts/jinja'
import { type HasHtml, Markup } from '@flask-ts/markupsafe'
import { httpDate, parseDate } from '@flask-ts/werkzeug/http'
import { JSONTag } from './tag.ts'
import { UUID } from './uuid.ts'

function entriesOf(value: unknown): [string, unknown][] | undefined {
  if (value instanceof Map) return [...value].map(([key, member]) => [String(key), member])
  if (typeof value !== 'object' || value === null) return undefined
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null ? Object.entries(value) : undefined
}

/** An object whose only key is that of a tag: kept from being read as that tag. */
export class TagDict extends JSONTag {
  readonly key: string = ' di'

  check(value: unknown): boolean {
    const entries = entriesOf(value)
    return entries?.length === 1 && this.serializer.has(entries[0]![0])
  }

  toJson(value: unknown): unknown {
    const [key, member] = entriesOf(value)![0]!
    return { [`${key}__`]: this.serializer.tag(member) }
  }

  toPython(value: unknown): unknown {
    const [key, member] = entriesOf(value)![0]!
    return { [key.slice(0, -2)]: member }
  }
}

/** An object: its members are tagged. */
export class PassDict extends JSONTag {
  readonly key: string = ''

  check(value: unknown): boolean {
    return entriesOf(value) !== undefined
  }

  toJson(value: unknown): unknown {
    return Object.fromEntries(entriesOf(value)!.map(([key, member]) => [key, this.serializer.tag(member)]))
  }

  toPython(value: unknown): unknown {
    return value
  }

  override tag(value: unknown): unknown {
    return this.toJson(value)
  }
}

/** A tuple. */
export class TagTuple extends JSONTag {
  readonly key: string = ' t'

  check(value: unknown): boolean {
    return value instanceof Tuple
  }

  toJson(value: unknown): unknown {
    return Array.from(value as Tuple, (member) => this.serializer.tag(member))
  }

  /** What Python's `tuple()` makes of a value: the members of a list, the keys of an object, the characters of text. */
  toPython(value: unknown): unknown {
    if (Array.isArray(value) || typeof value === 'string') return tupleFrom([...value])
    if (typeof value === 'object' && value !== null) return tupleFrom(Object.keys(value))
    throw new TypeError(`A tuple cannot be made of ${String(value)}: it has no members`)
  }
}

/** A list: its members are tagged. */
export class PassList extends JSONTag {
  readonly key: string = ''

  check(value: unknown): boolean {
    return Array.isArray(value)
  }

  toJson(value: unknown): unknown {
    return (value as unknown[]).map((member) => this.serializer.tag(member))
  }

  toPython(value: unknown): unknown {
    return value
  }

  override tag(value: unknown): unknown {
    return this.toJson(value)
  }
}

/** Bytes, in base64. */
export class TagBytes extends JSONTag {
  readonly key: string = ' b'

  check(value: unknown): boolean {
    return value instanceof Uint8Array
  }

  toJson(value: unknown): unknown {
    return Buffer.from(value as Uint8Array).toString('base64')
  }

  toPython(value: unknown): unknown {
    return standardBase64Decode(value as string)
  }
}

/** Safe HTML: anything with an `__html__` method, read back as `Markup`. */
export class TagMarkup extends JSONTag {
  readonly key: string = ' m'

  check(value: unknown): boolean {
    return typeof value === 'object' && value !== null && typeof (value as HasHtml).__html__ === 'function'
  }

  toJson(value: unknown): unknown {
    return String((value as HasHtml).__html__())
  }

  toPython(value: unknown): unknown {
    return new Markup(String(value))
  }
}

/** A UUID. */
export class TagUUID extends JSONTag {
  readonly key: string = ' u'

  check(value: unknown): boolean {
    return value instanceof UUID
  }

  toJson(value: unknown): unknown {
    return (value as UUID).hex
  }

  toPython(value: unknown): unknown {
    return new UUID(value as string)
  }
}

/** A date, as an HTTP date: in UTC, whole seconds. */
export class TagDateTime extends JSONTag {
  readonly key: string = ' d'

  check(value: unknown): boolean {
    return value instanceof Date
  }

  toJson(value: unknown): unknown {
    return httpDate(value as Date)
  }

  toPython(value: unknown): unknown {
    return parseDate(value as string) ?? null
  }
}
