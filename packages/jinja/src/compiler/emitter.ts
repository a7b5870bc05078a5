/** A line of compiled code together with the line of the template that it comes from. */
export interface LinePair {
  readonly template: number
  readonly code: number
}

/** Collects the lines of a compiled module and remembers which line of the template each belongs to. */
export class Emitter {
  readonly lines: string[] = []
  readonly pairs: LinePair[] = []
  #indentation = ''
  #lastLine = 0

  /** Writes a line of code; `lineno` is the line of the template it stands for, if it stands for one. */
  line(code: string, lineno?: number): void {
    if (lineno !== undefined && lineno !== this.#lastLine) {
      this.pairs.push({ template: lineno, code: this.lines.length + 1 })
      this.#lastLine = lineno
    }
    this.lines.push(this.#indentation + code)
  }

  indent(): void {
    this.#indentation += '  '
  }

  outdent(): void {
    this.#indentation = this.#indentation.slice(2)
  }

  /** Writes `head {`, what `body` writes, and `}` with what follows it. */
  block(head: string, body: () => void, lineno?: number, tail = '}'): void {
    this.line(`${head} {`, lineno)
    this.indent()
    body()
    this.outdent()
    this.line(tail)
  }

  /** A place to which code can be added after later lines have been written. */
  mark(): number {
    this.lines.push('')
    return this.lines.length - 1
  }

  /** Fills a marked place with one line. */
  fill(mark: number, code: string): void {
    this.lines[mark] = this.#indentation + code
  }

  toString(): string {
    return this.lines.join('\n')
  }
}
