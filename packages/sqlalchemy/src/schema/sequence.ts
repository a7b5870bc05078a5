/** Options of a sequence. */
export interface SequenceOptions {
  start?: number
  increment?: number
  schema?: string
  metadata?: { readonly sequences: Map<string, SequenceSchema> }
}

/** A named generator of numbers, where the database has them. */
export class SequenceSchema {
  readonly name: string
  readonly start: number | undefined
  readonly increment: number | undefined
  readonly schema: string | undefined

  constructor(name: string, options: SequenceOptions = {}) {
    this.name = name
    this.start = options.start
    this.increment = options.increment
    this.schema = options.schema
    options.metadata?.sequences.set(name, this)
  }
}
