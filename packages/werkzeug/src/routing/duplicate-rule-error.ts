import type { Rule } from './rule.ts'

/** Thrown when a rule is added that matches just what another rule of the map matches. */
export class DuplicateRuleError extends Error {
  override name = 'DuplicateRuleError'
  /** The rule of the map. */
  readonly existing: Rule
  /** The rule that was to be added. */
  readonly duplicate: Rule

  constructor(existing: Rule, duplicate: Rule) {
    super(`${duplicate} matches the same as ${existing}: change the path or the methods of one`)
    this.existing = existing
    this.duplicate = duplicate
  }
}
