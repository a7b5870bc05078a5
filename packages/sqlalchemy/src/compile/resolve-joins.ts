import { InvalidRequestError } from '../errors/base-errors.ts'
import { ColumnElement, type Condition, conjunction } from '../expression/column-element.ts'
import { ENTITY, isEntity, isJoinPath, JOIN_PATH } from '../expression/entity.ts'
import { FromClause, findJoinCondition, Join, type JoinKind } from '../expression/from-clause.ts'
import type { JoinSpec } from '../statement/select-parts.ts'

/** One join: its left side when known, its right side and the condition when known. */
interface Step {
  readonly left: FromClause | null
  readonly right: FromClause
  readonly on: Condition | null
  readonly kind: JoinKind
}

function stepsOf(spec: JoinSpec): Step[] {
  const { target, on, kind } = spec
  if (isJoinPath(target)) {
    const steps = target[JOIN_PATH]().map((step) => ({ ...step, kind }))
    const last = steps.at(-1)
    if (last && on instanceof ColumnElement) steps[steps.length - 1] = { ...last, on }
    return steps
  }
  const right = target instanceof FromClause ? target : target[ENTITY].from
  if (on && isJoinPath(on)) return on[JOIN_PATH](right).map((step) => ({ ...step, kind }))
  const criterion = isEntity(target) ? target[ENTITY].criterion : null
  if (on && criterion)
    return [{ left: null, right, on: conjunction('and', [on as Condition, criterion]), kind }]
  return [{ left: null, right, on: on as Condition | null, kind }]
}

function describe(from: FromClause): string {
  return from.name ?? 'a subquery'
}

/** Finds the element that a join without a known left side starts from. */
function leftSide(froms: readonly FromClause[], step: Step): { index: number; on: Condition } {
  if (step.on) return { index: froms.length - 1, on: step.on }
  for (let index = froms.length - 1; index >= 0; index--) {
    const on = conditionWithin(froms[index] as FromClause, step.right)
    if (on) return { index, on }
  }
  throw new InvalidRequestError(
    `Don't know how to join to ${describe(step.right)}. Please use the .selectFrom() method to establish an explicit left side, as well as providing an explicit ON clause if not present already to help resolve the ambiguity.`,
  )
}

function conditionWithin(left: FromClause, right: FromClause): Condition | null {
  if (!(left instanceof Join)) return findJoinCondition(left, right)
  return conditionWithin(left.right, right) ?? conditionWithin(left.left, right)
}

function joinedAlready(from: FromClause, right: FromClause): boolean {
  return from.covers(right) && from !== right
}

/**
 * Applies joins to the FROM list.
 * @param base elements that FROM starts with; the list is not changed
 */
export function resolveJoins(base: readonly FromClause[], joins: readonly JoinSpec[]): FromClause[] {
  const froms = [...base]
  for (const spec of joins) {
    for (const step of stepsOf(spec)) {
      const { left } = step
      let index = left ? froms.findIndex((from) => from.covers(left)) : -1
      let { on } = step
      if (left && index < 0) {
        froms.push(left)
        index = froms.length - 1
      }
      if (index < 0 || !on) {
        const candidates = froms.filter((from) => from !== step.right)
        if (candidates.length === 0) {
          throw new InvalidRequestError(
            `Can't join ${describe(step.right)}: the SELECT has nothing to join it to; use .selectFrom()`,
          )
        }
        const found = leftSide(candidates, step)
        on = found.on
        index = froms.indexOf(candidates[found.index] as FromClause)
      }
      froms[index] = new Join(froms[index] as FromClause, step.right, on, step.kind)
    }
  }
  return froms.filter((from) => !froms.some((other) => other !== from && joinedAlready(other, from)))
}
