import { inspect } from 'node:util'
import { ArgumentError, DetachedInstanceError, UnboundExecutionError } from '../errors/base-errors.ts'
import { ENTITY, type EntityRef } from '../expression/entity.ts'
import { ColumnSchema } from '../schema/column.ts'
import type { MetaData } from '../schema/metadata.ts'
import { TableSchema } from '../schema/table.ts'
import type { ColumnAttribute } from './attribute.ts'
import { ColumnProperty } from './column-property.ts'
import { columnAttribute, defineColumn, defineHybrid, defineRelationship } from './define-attributes.ts'
import { entityOf } from './entity-ref.ts'
import { HybridDefinition } from './hybrid.ts'
import { InstanceState } from './instance-state.ts'
import { type MappedClass, Mapper } from './mapper.ts'
import type { ModelOptions } from './model-options.ts'
import { mapperOf, type Registry } from './registry.ts'
import type { RelationshipDefinition } from './relationship-options.ts'
import { MAPPER, STATE } from './symbols.ts'

/** A definition of an attribute at run time. */
export type AnyDefinition = ColumnSchema | RelationshipDefinition | HybridDefinition | (() => unknown)

/** What makes a query for `Model.query`. */
export type QueryFactory = (cls: MappedClass) => unknown

async function loadAttribute(state: InstanceState<Mapper>, key: string): Promise<unknown> {
  if (state.session) return await state.session.loadAttribute(state as unknown as InstanceState, key)
  const slot = state.mapper.properties.get(key)?.slot
  if (state.key === null || (slot !== undefined && state.values[slot] !== undefined)) {
    return (state.object as Record<string, unknown>)[key]
  }
  throw new DetachedInstanceError(
    `Parent instance <${state.mapper.className}> is not bound to a Session; lazy load operation of attribute '${key}' cannot proceed`,
  )
}

function describe(state: InstanceState<Mapper>): string {
  const keys = state.mapper.primaryKey.map((property) => state.values[property.slot])
  const text =
    state.key === null ? `(${state.session ? 'pending' : 'transient'})` : keys.map(String).join(', ')
  return `<${state.mapper.className} ${text}>`
}

/** What every mapped class has as a class. */
function staticsOf(mapper: () => Mapper, queries: QueryFactory | null): PropertyDescriptorMap {
  return {
    [MAPPER]: {
      get(this: MappedClass) {
        return mapper().adopt(this)
      },
    },
    [ENTITY]: {
      get(this: MappedClass): EntityRef {
        return entityOf(mapperOf(this))
      },
    },
    table: { get: () => mapper().table, configurable: true },
    metadata: { get: () => mapper().table.metadata, configurable: true },
    c: {
      configurable: true,
      get(this: MappedClass) {
        return attributesOf(mapperOf(this))
      },
    },
    as: {
      configurable: true,
      value(this: MappedClass) {
        return this
      },
    },
    query: {
      configurable: true,
      get(this: MappedClass) {
        const own = mapperOf(this)
        if (queries) return queries(own.cls)
        throw new UnboundExecutionError(
          `${own.className}.query needs a session: give declarativeBase({ session }) one, or use session.query(${own.className})`,
        )
      },
    },
  }
}

/** Base of all mapped classes: values live in the state, attributes on the prototype. */
abstract class Plain {
  [STATE]: InstanceState<Mapper>

  constructor(init?: Readonly<Record<string, unknown>>) {
    const own = mapperOf(new.target)
    own.configure()
    this[STATE] = new InstanceState(own, this, new Array<unknown>(own.slotCount))
    if (!init) return
    for (const key of Object.keys(init)) {
      if (!(key in this)) throw new TypeError(`'${key}' is an invalid keyword argument for ${own.className}`)
      if (init[key] !== undefined) (this as Record<string, unknown>)[key] = init[key]
    }
  }

  get awaitableAttrs(): unknown {
    const state = this[STATE]
    return new Proxy(Object.create(null), {
      get: (_, key) => (typeof key === 'string' && key !== 'then' ? loadAttribute(state, key) : undefined),
    })
  }

  toJSON(): never {
    const name = this[STATE].mapper.className
    throw new TypeError(
      `Object of type ${name} is not JSON serializable: name the attributes, as { id: ${name.toLowerCase()}.id }`,
    )
  }

  [inspect.custom](): string {
    return describe(this[STATE])
  }

  toString(): string {
    return describe(this[STATE])
  }
}

/** The class that a model extends. */
function makeBase(
  mapper: () => Mapper,
  Parent: MappedClass | null,
  queries: QueryFactory | null,
): MappedClass {
  const Base = (Parent
    ? class extends (Parent as never as new () => object) {}
    : class extends Plain {}) as unknown as MappedClass
  Object.defineProperties(Base, staticsOf(mapper, queries))
  return Base
}

function attributesOf(mapper: Mapper): Record<string, ColumnAttribute> {
  return mapper.remember('attributes', () =>
    Object.fromEntries(mapper.columns.map((property) => [property.key, columnAttribute(mapper, property)])),
  )
}

function splitColumns(definitions: Readonly<Record<string, AnyDefinition>>): Record<string, ColumnSchema> {
  const columns: Record<string, ColumnSchema> = {}
  for (const [key, definition] of Object.entries(definitions)) {
    if (definition instanceof ColumnSchema) columns[key] = definition
  }
  return columns
}

function mapColumn(mapper: Mapper, key: string, column: ColumnSchema): ColumnProperty {
  const inherited = mapper.parent?.columnProperty(key)
  if (inherited) return new ColumnProperty(key, inherited.slot, [...inherited.columns, column])
  return new ColumnProperty(key, mapper.slotCount++, [column])
}

function addProperties(
  mapper: Mapper,
  base: MappedClass,
  registry: Registry,
  definitions: Readonly<Record<string, AnyDefinition>>,
): void {
  const own = mapper.table
  for (const [key, definition] of Object.entries(definitions)) {
    if (definition instanceof ColumnSchema) {
      const property = mapColumn(mapper, key, own.columnByKey(key) as ColumnSchema)
      const place = mapper.columns.findIndex((other) => other.key === key)
      if (place >= 0) mapper.columns[place] = property
      else mapper.columns.push(property)
      mapper.properties.set(key, property)
      defineColumn(base, mapper, property)
    } else if (definition instanceof HybridDefinition) {
      mapper.hybrids.set(key, definition)
      defineHybrid(base, key, definition)
    } else {
      registry.await(mapper, key, mapper.slotCount++, definition)
      defineRelationship(base, mapper, key)
    }
  }
}

function inherit(mapper: Mapper, parent: Mapper): void {
  parent.configure()
  mapper.slotCount = Math.max(...parent.root.family.map((other) => other.slotCount))
  mapper.columns.push(...parent.columns)
  mapper.relationships.push(...parent.relationships)
  for (const [key, property] of parent.properties) mapper.properties.set(key, property)
  for (const [key, hybrid] of parent.hybrids) mapper.hybrids.set(key, hybrid)
}

/** What a new model is made with. */
export interface ModelRequest {
  readonly registry: Registry
  readonly metadata: MetaData
  readonly queries: QueryFactory | null
  /** Class that the model extends: a mapped one for inheritance, a plain one for shared methods. */
  readonly parent: MappedClass | null
  /** Null for a class that shares its parent's table. */
  readonly tableName: string | null
  readonly definitions: Readonly<Record<string, AnyDefinition>>
  readonly options: ModelOptions
}

function tableOf(request: ModelRequest, parent: Mapper | null): TableSchema {
  const { tableName, definitions, options, metadata } = request
  const columns = splitColumns(definitions)
  if (tableName === null) {
    if (!parent) throw new ArgumentError('A model needs the name of its table')
    for (const [key, column] of Object.entries(columns)) {
      // Rows of the other classes of the table have no value for it.
      const free = column.nullable || column.options.serverDefault !== undefined
      parent.table.addColumn(free ? column : column.copy({ nullable: true }), key)
    }
    for (const item of options.tableArgs ?? []) parent.table.append(item)
    return parent.table
  }
  const { schema, comment, suffix, info, bindKey, tableArgs, extendExisting } = options
  return new TableSchema(tableName, metadata, columns, {
    schema,
    comment,
    suffix,
    info,
    bindKey,
    args: tableArgs,
    extendExisting,
  })
}

/** Makes a mapped class. */
export function defineModel(request: ModelRequest): MappedClass {
  const { registry, definitions, options } = request
  const isMapped = request.parent !== null && MAPPER in request.parent
  const parent = isMapped ? mapperOf(request.parent) : null
  const table = tableOf(request, parent)
  const holder: { mapper?: Mapper } = {}
  const base = makeBase(() => holder.mapper as Mapper, request.parent, request.queries)
  const mapper = new Mapper({ table, parent, options, base })
  holder.mapper = mapper
  if (parent) inherit(mapper, parent)
  addProperties(mapper, base, registry, definitions)
  if (table.primaryKey.length === 0) {
    request.metadata.remove(table)
    throw new ArgumentError(
      `Mapper Mapper[${table.name}] could not assemble any primary key columns for mapped table '${table.name}': give a column primaryKey: true`,
    )
  }
  registry.add(mapper)
  mapper.addRelationship = (key, definition) => {
    registry.await(mapper, key, mapper.slotCount++, definition)
    defineRelationship(base, mapper, key)
  }
  return base
}
