import { ArgumentError } from '../errors/base-errors.ts'
import type { ColumnElement, Condition } from '../expression/column-element.ts'
import { ColumnAttribute } from '../orm/attribute.ts'
import type { Relation } from '../orm/mapper.ts'
import { RelationshipAttribute } from '../orm/relationship-attribute.ts'

/** How an option loads a relationship. */
export type Strategy = 'select' | 'selectin' | 'joined' | 'raise' | 'noload' | 'contains'

interface PathStep {
  readonly attribute: RelationshipAttribute
  readonly strategy: Strategy
}

interface ColumnChoice {
  readonly kind: 'only' | 'defer' | 'undefer'
  readonly keys: readonly string[]
}

function keysOf(columns: readonly ColumnElement[]): string[] {
  return columns.map((column) => {
    if (column instanceof ColumnAttribute) return column.key
    throw new ArgumentError('Loader options for columns take attributes of mapped classes, such as User.name')
  })
}

/** A choice of what a query loads with its objects. */
export class LoadOption {
  readonly path: readonly PathStep[]
  readonly choice: ColumnChoice | null

  constructor(path: readonly PathStep[], choice: ColumnChoice | null = null) {
    this.path = path
    this.choice = choice
  }

  #then(attribute: RelationshipAttribute, strategy: Strategy): LoadOption {
    return new LoadOption([...this.path, { attribute, strategy }])
  }

  /** Loads a relationship of the related objects with one more SELECT. */
  selectinload(attribute: RelationshipAttribute): LoadOption {
    return this.#then(attribute, 'selectin')
  }

  subqueryload(attribute: RelationshipAttribute): LoadOption {
    return this.#then(attribute, 'selectin')
  }

  /** Loads a relationship of the related objects by a join. */
  joinedload(attribute: RelationshipAttribute): LoadOption {
    return this.#then(attribute, 'joined')
  }

  lazyload(attribute: RelationshipAttribute): LoadOption {
    return this.#then(attribute, 'select')
  }

  raiseload(attribute: RelationshipAttribute): LoadOption {
    return this.#then(attribute, 'raise')
  }

  noload(attribute: RelationshipAttribute): LoadOption {
    return this.#then(attribute, 'noload')
  }

  /** Takes a relationship of the related objects from what the query joins. */
  containsEager(attribute: RelationshipAttribute): LoadOption {
    return this.#then(attribute, 'contains')
  }

  /** Loads only these columns of the related objects. */
  loadOnly(...columns: ColumnElement[]): LoadOption {
    return new LoadOption(this.path, { kind: 'only', keys: keysOf(columns) })
  }

  /** Leaves these columns of the related objects out. */
  defer(...columns: ColumnElement[]): LoadOption {
    return new LoadOption(this.path, { kind: 'defer', keys: keysOf(columns) })
  }

  undefer(...columns: ColumnElement[]): LoadOption {
    return new LoadOption(this.path, { kind: 'undefer', keys: keysOf(columns) })
  }
}

function starting(strategy: Strategy) {
  return (attribute: RelationshipAttribute): LoadOption => new LoadOption([{ attribute, strategy }])
}

/** Loads a relationship with one more SELECT for all objects of the query. */
export const selectinload = starting('selectin')
/** The same as `selectinload`, which needs no second form of the query. */
export const subqueryload = starting('selectin')
/** Loads a relationship with the query itself, by a join. */
export const joinedload = starting('joined')
/** Leaves a relationship to be loaded when asked for. */
export const lazyload = starting('select')
/** Loads a relationship at once. */
export const immediateload = starting('selectin')
/** Makes access to a relationship that is not loaded an error. */
export const raiseload = starting('raise')
/** Leaves a relationship empty. */
export const noload = starting('noload')
/** Takes a relationship from what the query joins itself. */
export const containsEager = starting('contains')

/** Loads only these columns, and the key. */
export function loadOnly(...columns: ColumnElement[]): LoadOption {
  return new LoadOption([], { kind: 'only', keys: keysOf(columns) })
}

/** Leaves these columns to be loaded when asked for. */
export function defer(...columns: ColumnElement[]): LoadOption {
  return new LoadOption([], { kind: 'defer', keys: keysOf(columns) })
}

/** Loads columns that the model defers. */
export function undefer(...columns: ColumnElement[]): LoadOption {
  return new LoadOption([], { kind: 'undefer', keys: keysOf(columns) })
}

/** What is chosen for one relationship. */
export interface RelationChoice {
  strategy: Strategy
  criteria: readonly Condition[]
  readonly below: LoadTree
}

/** Options as a tree along the relationships. */
export interface LoadTree {
  readonly relations: Map<string, RelationChoice>
  only: Set<string> | null
  readonly deferred: Set<string>
  readonly undeferred: Set<string>
}

/** A tree without choices. */
export function emptyTree(): LoadTree {
  return { relations: new Map(), only: null, deferred: new Set(), undeferred: new Set() }
}

/** True for a tree without choices. */
export function isEmptyTree(tree: LoadTree): boolean {
  return (
    tree.relations.size === 0 && tree.only === null && tree.deferred.size === 0 && tree.undeferred.size === 0
  )
}

function choose(tree: LoadTree, choice: ColumnChoice): void {
  if (choice.kind === 'only') tree.only = new Set([...(tree.only ?? []), ...choice.keys])
  else for (const key of choice.keys) (choice.kind === 'defer' ? tree.deferred : tree.undeferred).add(key)
}

/** Puts options together; a relationship attribute alone stands for `selectinload` of it. */
export function buildTree(options: readonly unknown[]): LoadTree {
  const root = emptyTree()
  for (const given of options) {
    const option = given instanceof RelationshipAttribute ? selectinload(given) : given
    if (!(option instanceof LoadOption)) {
      throw new ArgumentError(
        `options() takes loader options such as selectinload(User.posts), not ${String(given)}`,
      )
    }
    let tree = root
    for (const step of option.path) {
      const { key } = step.attribute
      const known = tree.relations.get(key)
      const choice: RelationChoice = known ?? { strategy: step.strategy, criteria: [], below: emptyTree() }
      choice.strategy = step.strategy
      choice.criteria = step.attribute.criteria
      tree.relations.set(key, choice)
      tree = choice.below
    }
    if (option.choice) choose(tree, option.choice)
  }
  return root
}

/** How a relationship is loaded: by the option, or as its model says. */
export function strategyOf(relation: Relation, tree: LoadTree): Strategy {
  const choice = tree.relations.get(relation.key)
  if (choice) return choice.strategy
  switch (relation.lazy) {
    case 'joined':
      return 'joined'
    case 'selectin':
    case 'subquery':
    case 'immediate':
      return 'selectin'
    default:
      return 'select'
  }
}
