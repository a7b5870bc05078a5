/** Where a file of the program could not be parsed. */
export interface SyntaxProblem {
  readonly file: string
  readonly line: number
  readonly column: number
}

let last: SyntaxProblem | undefined

/** Keeps where parsing failed: V8's own error does not tell. */
export function noteSyntaxProblem(error: SyntaxError, file: string): void {
  const { loc } = error as { loc?: { line: number; column: number } }
  last = loc === undefined ? undefined : { file, line: loc.line, column: loc.column + 1 }
}

/** Where the last file that could not be parsed is wrong. */
export function lastSyntaxProblem(): SyntaxProblem | undefined {
  return last
}
