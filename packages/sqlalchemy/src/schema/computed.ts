/** A column whose value the database works out of the row's others. */
export class ComputedSchema {
  /** SQL expression, from the program. */
  readonly sqltext: string
  /** Stored in the row (true), worked out at reading (false), or as the database prefers. */
  readonly persisted: boolean | undefined

  constructor(sqltext: string, options: { persisted?: boolean } = {}) {
    this.sqltext = sqltext
    this.persisted = options.persisted
  }
}

/** GENERATED AS IDENTITY, where the database has it. */
export class IdentitySchema {
  readonly always: boolean
  readonly start: number | undefined
  readonly increment: number | undefined

  constructor(options: { always?: boolean; start?: number; increment?: number } = {}) {
    this.always = options.always ?? false
    this.start = options.start
    this.increment = options.increment
  }
}
