/** The options of evaluation that can change in the course of a rendering. */
export class EvalContext<Host = unknown> {
  readonly environment: Host
  /** Whether output is escaped at this point. */
  autoescape: boolean

  constructor(environment: Host, autoescape: boolean) {
    this.environment = environment
    this.autoescape = autoescape
  }

  /** The options now, for {@link revert}. */
  save(): Record<string, unknown> {
    return { ...(this as unknown as Record<string, unknown>) }
  }

  /** Makes the options again what they were. */
  revert(saved: Readonly<Record<string, unknown>>): void {
    Object.assign(this, saved)
  }
}
