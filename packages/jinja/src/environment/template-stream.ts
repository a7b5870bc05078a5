import { ValueError } from '../errors.ts'

/** Anything that text can be written to. */
export interface TextSink {
  write(text: string): unknown
}

/** The output of a template piece by piece, singly or several at once. */
export class TemplateStream implements IterableIterator<string> {
  readonly #pieces: Iterator<string>
  #size = 1

  constructor(pieces: Iterator<string>) {
    this.#pieces = pieces
  }

  /** Whether several pieces are joined. */
  get buffered(): boolean {
    return this.#size > 1
  }

  /** Gives single pieces. */
  disableBuffering(): void {
    this.#size = 1
  }

  /**
   * Joins pieces.
   *
   * @param size How many that are not empty, at least 2.
   */
  enableBuffering(size = 5): void {
    if (size <= 1)
      throw new ValueError(`buffer size too small: ${size} pieces are no buffer, give at least 2`)
    this.#size = size
  }

  next(): IteratorResult<string> {
    if (this.#size === 1) return this.#pieces.next()
    let joined = ''
    let count = 0
    while (count < this.#size) {
      const step = this.#pieces.next()
      if (step.done === true) break
      joined += step.value
      if (step.value !== '') count++
    }
    return count === 0 ? { done: true, value: undefined } : { done: false, value: joined }
  }

  [Symbol.iterator](): this {
    return this
  }

  /** Writes all of it as UTF-8 to a file, or to anything that takes text. */
  dump(target: string | TextSink): void {
    if (typeof target === 'string') {
      // Not imported: streams must also load where there is no file system.
      process.getBuiltinModule('node:fs').writeFileSync(target, [...this].join(''))
      return
    }
    for (const piece of this) target.write(piece)
  }
}
