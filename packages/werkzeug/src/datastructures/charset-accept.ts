import { Accept } from './accept.ts'

/** The name under which the platform knows a character set, so that `latin1` is `iso-8859-1`. */
function normalize(name: string): string {
  try {
    return new TextDecoder(name).encoding
  } catch {
    // A name that the platform does not know is only equal to itself.
    return name.toLowerCase()
  }
}

/** The character sets that a client takes. Browsers no longer send this header. */
export class CharsetAccept extends Accept {
  protected override valueMatches(value: string, item: string): boolean {
    return item === '*' || normalize(value) === normalize(item)
  }
}
