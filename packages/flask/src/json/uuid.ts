import { randomUUID } from 'node:crypto'

const hexadecimal = /^[0-9a-f]{32}$/

/**
 * A universally unique identifier (RFC 9562), so that it can be told from other text: in sessions and in JSON.
 */
export class UUID {
  /** The 32 digits without dashes. */
  readonly hex: string

  /**
   * @param text - The digits in lower or upper case, with or without dashes, braces and `urn:uuid:`.
   * @throws {RangeError} If it is not a UUID.
   */
  constructor(text: string) {
    const hex = text
      .replace('urn:', '')
      .replace('uuid:', '')
      .replace(/^[{}]+|[{}]+$/g, '')
      .replaceAll('-', '')
    if (!hexadecimal.test(hex.toLowerCase())) {
      throw new RangeError(`${JSON.stringify(text)} is not a UUID: it needs 32 hexadecimal digits`)
    }
    this.hex = hex.toLowerCase()
  }

  /** A new random one (version 4). */
  static random(): UUID {
    return new UUID(randomUUID())
  }

  toString(): string {
    return this.hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  }

  toJSON(): string {
    return this.toString()
  }
}
