import { ArgumentError } from '../errors/base-errors.ts'
import { type Condition, conjunction, negate } from '../expression/column-element.ts'
import { type EntityRef, JOIN_PATH, type JoinPath, type JoinStep } from '../expression/entity.ts'
import { Alias, type FromClause } from '../expression/from-clause.ts'
import { literalColumn } from '../expression/functions.ts'
import { Select } from '../statement/select.ts'
import { emptyParts } from '../statement/select-parts.ts'
import { entityOf } from './entity-ref.ts'
import { stateOf } from './instance-state.ts'
import type { Mapper, Relation } from './mapper.ts'
import { adaptTo, columnIn, joinSteps } from './relation-conditions.ts'

declare const VALUE: unique symbol

/** A relationship as an attribute of its class: `User.posts`, for joins, conditions and loader options. */
export class RelationshipAttribute<V = unknown> implements JoinPath {
  declare readonly [VALUE]: V
  readonly mapper: Mapper
  readonly key: string
  readonly #left: FromClause | null
  readonly #criteria: readonly Condition[]

  constructor(
    mapper: Mapper,
    key: string,
    left: FromClause | null = null,
    criteria: readonly Condition[] = [],
  ) {
    this.mapper = mapper
    this.key = key
    this.#left = left
    this.#criteria = criteria
  }

  get relation(): Relation {
    return this.mapper.relationship(this.key)
  }

  get joinTarget(): EntityRef {
    return entityOf(this.relation.target)
  }

  /** Further conditions on the related rows, for joins and loader options. */
  and(...criteria: Condition[]): RelationshipAttribute<V> {
    return new RelationshipAttribute<V>(this.mapper, this.key, this.#left, [...this.#criteria, ...criteria])
  }

  /** Conditions that were added with `and()`. */
  get criteria(): readonly Condition[] {
    return this.#criteria
  }

  [JOIN_PATH](right?: FromClause): readonly JoinStep[] {
    const { relation } = this
    const target = right ?? relation.target.from
    const steps = joinSteps(relation, this.#left ?? this.mapper.from, target)
    const last = steps.at(-1) as JoinStep
    const more = this.#criteria.map((condition) => adaptTo(condition, [target]))
    const single = relation.target.criterion
    if (single) more.push(adaptTo(single, [target]))
    if (more.length) steps[steps.length - 1] = { ...last, on: conjunction('and', [last.on, ...more]) }
    return steps
  }

  #exists(
    criteria: readonly (Condition | undefined)[],
    values: Readonly<Record<string, unknown>>,
  ): Condition {
    const { relation } = this
    const left = this.#left ?? this.mapper.from
    // The same table inside and outside needs another name inside.
    const inner = relation.target.from
    const right = left.covers(inner) || inner.covers(left) ? new Alias(relation.target.table, null) : inner
    const steps = joinSteps(relation, left, right)
    const given = Object.entries(values).map(([key, value]) => columnFor(relation.target, key).eq(value))
    const own = [...criteria, ...given].map((condition) =>
      condition ? adaptTo(condition, [right]) : undefined,
    )
    const where = [...steps.map((step) => step.on), ...own.filter((condition) => condition !== undefined)]
    const froms = relation.secondary ? [relation.secondary, right] : [right]
    return new Select({ ...emptyParts, items: [literalColumn('1')], froms, where }).exists()
  }

  /** True where the collection has a member that fulfils the conditions. */
  any(condition?: Condition, values: Readonly<Record<string, unknown>> = {}): Condition {
    if (!this.relation.uselist) {
      throw new ArgumentError("'any()' not implemented for scalar attributes. Use has().")
    }
    return this.#exists([condition], values)
  }

  /** True where the related object fulfils the conditions. */
  has(condition?: Condition, values: Readonly<Record<string, unknown>> = {}): Condition {
    if (this.relation.uselist) throw new ArgumentError("'has()' not implemented for collections. Use any().")
    return this.#exists([condition], values)
  }

  /** True where the collection holds an object. */
  contains(object: object): Condition {
    return this.#exists([this.#isObject(object)], {})
  }

  #isObject(object: object): Condition {
    const { target } = this.relation
    const state = stateOf(object)
    if (!state)
      throw new ArgumentError(
        `Mapped instance expected for relationship comparison to object, got ${String(object)}`,
      )
    return conjunction(
      'and',
      target.primaryKey.map((property) => property.column.eq(state.values[property.slot])),
    )
  }

  /** True where the related object is this one; `null` asks for none. */
  eq(object: object | null): Condition {
    const { relation } = this
    if (relation.direction !== 'manyToOne') {
      if (object === null) return negate(this.#exists([], {}))
      return this.contains(object)
    }
    const left = this.#left ?? this.mapper.from
    const state = object === null ? null : stateOf(object)
    return conjunction(
      'and',
      relation.pairs.map((pair) =>
        columnIn(left, pair.local.column).eq(state ? state.values[pair.remote.slot] : null),
      ),
    )
  }

  /** The opposite of `eq`. */
  ne(object: object | null): Condition {
    return negate(this.eq(object))
  }

  isNull(): Condition {
    return this.eq(null)
  }

  toString(): string {
    return `${this.mapper.className}.${this.key}`
  }
}

function columnFor(mapper: Mapper, key: string) {
  const property = mapper.columnProperty(key)
  if (property) return property.column
  throw new ArgumentError(`'${mapper.className}' has no attribute '${key}'`)
}
