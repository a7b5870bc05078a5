import type { CorpusLine } from '../../case.ts'

/** A header field. */
export type Field = readonly [name: string, value: string]

/** What a line of a transcript asks and expects; see `apps/README.md` beside the transcripts. */
export interface TranscriptLine extends CorpusLine {
  readonly request: {
    readonly method: string
    readonly target: string
    readonly headers: readonly Field[]
    readonly body_base64?: string
  }
  readonly keep_cookies: boolean
  readonly expect: {
    readonly status: number
    readonly headers: readonly Field[]
    readonly body?: string
    readonly body_base64?: string
    readonly volatile?: readonly string[]
    readonly volatile_shape?: Readonly<Record<string, readonly string[]>>
    readonly session_after?: unknown
  }
}

/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number
  readonly headers: readonly Field[]
  readonly body: Buffer
}

/** The values of a field, by its name in any case. */
export function valuesOf(headers: readonly Field[], name: string): string[] {
  const lower = name.toLowerCase()
  return headers.filter(([field]) => field.toLowerCase() === lower).map(([, value]) => value)
}
