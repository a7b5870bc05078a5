import type { DialectTraits } from '../compile/traits.ts'
import { mappingVersion } from '../orm/registry.ts'
import type { Select } from '../statement/select.ts'
import { emptyTree, isEmptyTree, type LoadTree } from './load-option.ts'
import { idOf, type PlanKey, planKey } from './plan-key.ts'
import { makePlan, type QueryPlan } from './query-plan.ts'

interface Known {
  readonly version: number
  readonly plan: QueryPlan
}

const mostPlans = 500
const byShape = new Map<string, Known>()
/** Statements that the program keeps and executes again. */
const byStatement = new WeakMap<object, Map<DialectTraits, Known>>()

/** True when the statement's parameters are the key's values, in their order and nothing else. */
function holdsOnly(plan: QueryPlan, values: readonly unknown[]): boolean {
  const { slots } = plan.compiled
  return slots.length === values.length && slots.every((slot, index) => slot.value === values[index])
}

function withValues(plan: QueryPlan, values: readonly unknown[]): QueryPlan {
  if (values.length === 0) return plan
  const slots = plan.compiled.slots.map(({ type }, index) => ({ key: null, value: values[index], type }))
  return { ...plan, compiled: { ...plan.compiled, slots } }
}

function planByShape(
  select: Select<readonly unknown[]>,
  { shape, values }: PlanKey,
  traits: DialectTraits,
): QueryPlan {
  const version = mappingVersion()
  const name = `${idOf(traits)};${shape}`
  const known = byShape.get(name)
  if (known?.version === version) return withValues(known.plan, values)
  const plan = makePlan(select, traits, emptyTree())
  if (!holdsOnly(plan, values)) return plan
  byShape.delete(name)
  if (byShape.size >= mostPlans) byShape.delete(byShape.keys().next().value as string)
  byShape.set(name, { version, plan })
  return plan
}

function planByStatement(select: Select<readonly unknown[]>, traits: DialectTraits): QueryPlan {
  let plans = byStatement.get(select)
  if (!plans) {
    plans = new Map()
    byStatement.set(select, plans)
  }
  const version = mappingVersion()
  const known = plans.get(traits)
  if (known?.version === version) return known.plan
  const plan = makePlan(select, traits)
  plans.set(traits, { version, plan })
  return plan
}

/**
 * Prepares a SELECT for the ORM, or finds how an equal one was prepared before.
 * @param tree what is loaded with the objects, instead of the statement's own options
 */
export function planQuery(
  select: Select<readonly unknown[]>,
  traits: DialectTraits,
  tree?: LoadTree,
): QueryPlan {
  const key = !tree || isEmptyTree(tree) ? planKey(select) : null
  if (key) return planByShape(select, key, traits)
  return tree ? makePlan(select, traits, tree) : planByStatement(select, traits)
}
