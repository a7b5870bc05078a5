import { InvalidRequestError, UnmappedClassError } from '../errors/base-errors.ts'
import type { MetaData } from '../schema/metadata.ts'
import type { TableSchema } from '../schema/table.ts'
import { type ClassRegistry, configureRelationship } from './configure-relationship.ts'
import type { MappedClass, Mapper, Relation } from './mapper.ts'
import {
  RelationshipDefinition,
  type RelationshipOptions,
  type RelationshipTarget,
} from './relationship-options.ts'
import { MAPPER } from './symbols.ts'

interface WaitingRelationship {
  readonly mapper: Mapper
  readonly key: string
  readonly slot: number
  readonly given: RelationshipDefinition | (() => unknown)
}

function snake(name: string): string {
  return name.replace(/(?<=[a-z0-9])([A-Z])/g, '_$1').toLowerCase()
}

/** The mapper of a class; an error when it has none. */
export function mapperOf(cls: unknown): Mapper {
  const mapper =
    (typeof cls === 'function' || typeof cls === 'object') && cls !== null
      ? (cls as { [MAPPER]?: Mapper })[MAPPER]
      : undefined
  if (!mapper)
    throw new UnmappedClassError(
      `Class '${typeof cls === 'function' ? cls.name : String(cls)}' is not mapped`,
    )
  return mapper
}

/** Makes the relationship on the other side, and ties both together. */
function addBackref(relation: Relation, backref: NonNullable<RelationshipOptions['backref']>): void {
  const { name, ...given } = typeof backref === 'string' ? { name: backref } : backref
  if (relation.target.properties.has(name)) {
    throw new InvalidRequestError(
      `Error creating backref '${name}' on relationship '${relation}': property of that name exists on mapper '${relation.target.className}'`,
    )
  }
  const { secondary, primaryjoin, secondaryjoin, foreignKeys } = relation.options
  const shared: RelationshipOptions = { secondary, foreignKeys }
  if (secondary) Object.assign(shared, { primaryjoin: secondaryjoin, secondaryjoin: primaryjoin })
  else shared.primaryjoin = primaryjoin
  if (relation.parent === relation.target && relation.direction === 'oneToMany') {
    shared.remoteSide = () => relation.pairs.map((pair) => pair.local.column)
  }
  const options: RelationshipOptions = { ...shared, ...given, backPopulates: relation.key }
  Object.assign(relation.options, { backPopulates: name })
  relation.target.addRelationship(name, new RelationshipDefinition(relation.parent.cls, options))
}

let version = 0

/** Rises with every class and relationship that is mapped: what was prepared before may miss it. */
export function mappingVersion(): number {
  return version
}

/** The classes that can refer to each other. */
export class Registry implements ClassRegistry {
  readonly metadata: MetaData
  readonly #mappers: Mapper[] = []
  #waiting: WaitingRelationship[] = []
  #configuring = false

  constructor(metadata: MetaData) {
    this.metadata = metadata
  }

  /** All mappers in the order of their definition. */
  get mappers(): readonly Mapper[] {
    return this.#mappers
  }

  add(mapper: Mapper): void {
    this.#mappers.push(mapper)
    version++
    mapper.configure = () => this.configure()
  }

  /** Takes a relationship in, to be worked out at the first use of any mapper. */
  await(mapper: Mapper, key: string, slot: number, given: RelationshipDefinition | (() => unknown)): void {
    this.#waiting.push({ mapper, key, slot, given })
  }

  tableFor(name: string): TableSchema | undefined {
    return this.metadata.tables.get(name)
  }

  mapperFor(target: RelationshipTarget, relationship: string): Mapper {
    if (typeof target === 'string') return this.#named(target, relationship)
    if (MAPPER in target) return mapperOf(target)
    const cls = (target as () => unknown)()
    return typeof cls === 'string' ? this.#named(cls, relationship) : mapperOf(cls)
  }

  #named(name: string, relationship: string): Mapper {
    const short = name.split('.').at(-1) as string
    const found =
      this.#mappers.find((mapper) => mapper.isAdopted && mapper.cls.name === short) ??
      this.#mappers.find((mapper) => mapper.table.name === snake(short) && !mapper.isSingleTable) ??
      this.#mappers.find((mapper) => mapper.table.name.toLowerCase() === short.toLowerCase())
    if (found) return found
    throw new InvalidRequestError(
      `When initializing mapper for relationship ${relationship}, expression '${name}' failed to locate a name ('${name}'). If this is a class name, consider giving the class itself, as () => ${short}.`,
    )
  }

  /** Works out all relationships that wait. */
  configure(): void {
    if (this.#waiting.length === 0 || this.#configuring) return
    this.#configuring = true
    const waiting = this.#waiting
    this.#waiting = []
    try {
      // A backref adds the relationship on its other side to those that wait.
      for (let next = waiting[0]; next; next = waiting[0]) {
        this.#configureOne(next)
        waiting.shift()
        waiting.push(...this.#waiting.splice(0))
      }
      this.#linkReverses()
    } finally {
      this.#waiting.unshift(...waiting)
      this.#configuring = false
    }
  }

  #configureOne({ mapper, key, slot, given }: WaitingRelationship): void {
    const definition = given instanceof RelationshipDefinition ? given : given()
    if (!(definition instanceof RelationshipDefinition)) {
      throw new InvalidRequestError(`The function for '${mapper.className}.${key}' must give a relationship`)
    }
    const relation = configureRelationship(this, mapper, key, slot, definition)
    if (relation.options.backref !== undefined) addBackref(relation, relation.options.backref)
    mapper.properties.set(key, relation)
    mapper.relationships.push(relation)
    version++
    for (const child of mapper.family) {
      if (child !== mapper) {
        child.properties.set(key, relation)
        child.relationships.push(relation)
      }
    }
  }

  #linkReverses(): void {
    for (const mapper of this.#mappers) {
      for (const relation of mapper.relationships) {
        const name = relation.options.backPopulates
        if (name === undefined || relation.reverse) continue
        const reverse = relation.target.properties.get(name)
        if (reverse?.kind !== 'relationship') {
          throw new InvalidRequestError(
            `Mapper '${relation.target.className}' has no property '${name}'.  If this property was indicated from other mappers or configure events, ensure registry.configure() has been called.`,
          )
        }
        if (reverse.direction === relation.direction && relation.direction !== 'manyToMany') {
          throw new InvalidRequestError(
            `${relation} and back-reference ${reverse} are both of the same direction ${relation.direction}.  Did you mean to set remoteSide on the many-to-one side ?`,
          )
        }
        relation.reverse = reverse
        reverse.reverse ??= relation
      }
    }
  }

  /** Classes of all mappers. */
  get classes(): readonly MappedClass[] {
    return this.#mappers.map((mapper) => mapper.cls)
  }
}
