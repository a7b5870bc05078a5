import { blueprintPath } from '../blueprint-names.ts'
import { collectHooks, collectReversed, type HookTables } from '../scaffold/hooks.ts'
import type { AfterRequest, BeforeRequest, Teardown, UrlValuePreprocessor } from '../view-types.ts'

/** Everything that runs around the views of one blueprint, in the order in which it runs. */
export interface RequestPlan {
  /** The blueprint and those around it, innermost first. */
  readonly blueprints: readonly string[]
  readonly preprocessors: readonly UrlValuePreprocessor[]
  readonly before: readonly BeforeRequest[]
  readonly after: readonly AfterRequest[]
  readonly teardown: readonly Teardown[]
}

/** The plans of an application, each made when it is first needed. */
export class RequestPlans {
  readonly #tables: HookTables
  readonly #plans = new Map<string | null, RequestPlan>()

  constructor(tables: HookTables) {
    this.#tables = tables
  }

  /** The plan for a blueprint's requests; `null` for those of the application, and for unmatched ones. */
  of(blueprint: string | null): RequestPlan {
    let plan = this.#plans.get(blueprint)
    if (plan === undefined) {
      plan = this.#make(blueprint)
      this.#plans.set(blueprint, plan)
    }
    return plan
  }

  #make(blueprint: string | null): RequestPlan {
    const blueprints = blueprintPath(blueprint)
    const outsideIn = [null, ...blueprints.toReversed()]
    const insideOut = [...blueprints, null]
    const tables = this.#tables
    return {
      blueprints,
      preprocessors: collectHooks(tables.urlValuePreprocessors, outsideIn),
      before: collectHooks(tables.beforeRequestFuncs, outsideIn),
      after: collectReversed(tables.afterRequestFuncs, insideOut),
      teardown: collectReversed(tables.teardownRequestFuncs, insideOut),
    }
  }
}
