import { Rule, type RuleOptions } from '@flask-ts/werkzeug/routing'
import { blueprintOf } from '../blueprint-names.ts'

/** What Flask adds to a rule's options. */
export interface FlaskRuleOptions extends RuleOptions {
  readonly provideAutomaticOptions?: boolean | undefined
  readonly stream?: boolean | undefined
}

/** A rule that knows how Flask answers it. */
export class FlaskRule extends Rule {
  /** Whether `OPTIONS` is answered without the view. */
  readonly provideAutomaticOptions: boolean
  /** Whether the body is left to the view to stream. */
  readonly stream: boolean
  /** The blueprint it belongs to, by its full name. */
  readonly blueprint: string | null

  constructor(rule: string, options: FlaskRuleOptions = {}) {
    super(rule, options)
    this.provideAutomaticOptions = options.provideAutomaticOptions ?? false
    this.stream = options.stream ?? false
    this.blueprint = options.endpoint === undefined ? null : blueprintOf(options.endpoint)
  }

  override getEmptyOptions(): FlaskRuleOptions {
    const { provideAutomaticOptions, stream } = this
    return { ...super.getEmptyOptions(), provideAutomaticOptions, stream }
  }
}
