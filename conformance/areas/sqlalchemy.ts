/** Runs `sqlalchemy*.jsonl`: see `conformance/sqlalchemy/README.md` for the format. */
import {
  createEngine,
  delete_,
  type Engine,
  exists,
  inspectObject,
  Session,
  select,
  text,
  update,
} from '@flask-ts/sqlalchemy'
import { type CaseRunner, compare } from '../case.ts'
import { base, classes, type Dynamic } from '../sqlalchemy/models.ts'
import { condition, type Query, statement } from '../sqlalchemy/statements.ts'

type Json = Record<string, unknown>
type Step = readonly [operation: string, ...args: unknown[]]

function relationOf(object: object, key: string) {
  return inspectObject(object).mapper.relationships.find((relation) => relation.key === key)
}

/** A savepoint is to be undone. */
class SavepointUndone extends Error {}

/** One scenario at work: its session, and the objects by the names of their variables. */
class Scenario {
  readonly #session: Session
  readonly #engine: Engine
  readonly #names = new Map<string, Dynamic>()

  constructor(engine: Engine) {
    this.#engine = engine
    this.#session = new Session({ bind: engine, expireOnCommit: true })
  }

  #value(raw: Dynamic): unknown {
    if (raw === null || typeof raw !== 'object') return raw
    if ('ref' in raw) return this.#names.get(raw.ref)
    if ('refs' in raw) return raw.refs.map((name: string) => this.#names.get(name))
    return raw
  }

  async #show(value: unknown): Promise<unknown> {
    if (value === undefined) return null
    if (Array.isArray(value)) return Promise.all(value.map((member) => this.#show(member)))
    const cls = Object.entries(classes).find(([, one]) => value instanceof one)
    if (cls === undefined) return value
    return `${cls[0]}:${await this.#attribute(value, 'name')}`
  }

  /** An attribute, loaded if it is not there, as reading it does in Python. */
  #attribute(object: Dynamic, name: string): Promise<unknown> {
    return object.awaitableAttrs[name]
  }

  /** In Python a deletion loads at once what goes with the object. */
  async #delete(object: Dynamic): Promise<void> {
    const { persistent, mapper } = inspectObject(object)
    if (persistent && !this.#session.deleted.includes(object)) {
      for (const relation of mapper.relationships) {
        if (relation.cascade.has('delete')) await this.#attribute(object, relation.key)
      }
    }
    this.#session.delete(object)
  }

  async #result(spec: Query): Promise<Dynamic> {
    const result = await this.#session.execute(statement(spec))
    return spec.load === undefined ? result : result.unique()
  }

  async #object(name: string): Promise<Dynamic> {
    return this.#names.get(name)
  }

  /** Runs steps until the end, or until the savepoint ends in which they are. */
  async run(steps: Iterator<Step>, results: unknown[]): Promise<void> {
    for (let next = steps.next(); next.done !== true; next = steps.next()) {
      const [operation] = next.value
      if (operation === 'release' || operation === 'rollback_to') {
        if (operation === 'rollback_to') throw new SavepointUndone()
        return
      }
      const at = results.push(null) - 1
      try {
        if (operation === 'begin_nested') await this.#nested(steps, results)
        else results[at] = await this.step(next.value)
      } catch (error) {
        results[at] = { error: (error as Error).name }
      }
    }
  }

  /** The step that ends the savepoint tells nothing, like the one that begins it. */
  async #nested(steps: Iterator<Step>, results: unknown[]): Promise<void> {
    try {
      await this.#session.beginNested(() => this.run(steps, results))
    } catch (error) {
      if (!(error instanceof SavepointUndone)) throw error
    }
    results.push(null)
  }

  async step([operation, ...args]: Step): Promise<unknown> {
    const [a, b, c] = args as [Dynamic, Dynamic, Dynamic]
    const session = this.#session
    const names = this.#names
    switch (operation) {
      case 'new': {
        const values = Object.entries(c as Json).map(([key, raw]) => [key, this.#value(raw)])
        names.set(a, new classes[b](Object.fromEntries(values)))
        return null
      }
      case 'add':
        session.addAll(args.map((name) => names.get(name as string)))
        return null
      case 'delete':
        await this.#delete(names.get(a))
        return null
      case 'set': {
        const object = await this.#object(a)
        // Replacing what refers to the object needs what did so before, which Python loads where it is not there.
        const relation = relationOf(object, b)
        if (relation && relation.direction !== 'manyToOne') await this.#attribute(object, b)
        object[b] = this.#value(c)
        return null
      }
      case 'append':
        ;((await this.#attribute(names.get(a), b)) as unknown[]).push(names.get(c))
        return null
      case 'remove': {
        const list = (await this.#attribute(names.get(a), b)) as unknown[]
        list.splice(list.indexOf(names.get(c)), 1)
        return null
      }
      case 'read':
        return this.#show(await this.#attribute(names.get(a), b))
      case 'expire':
        session.expire(names.get(a))
        return null
      case 'refresh':
        await session.refresh(names.get(a))
        return null
      case 'expunge':
        session.expunge(names.get(a))
        return null
      case 'merge':
        names.set(a, await session.merge(names.get(b)))
        return null
      case 'get':
        names.set(a, await session.get(classes[b], c))
        return this.#show(names.get(a))
      case 'same':
        return names.get(a) === names.get(b)
      case 'counts':
        return [session.new.length, session.dirty.length, session.deleted.length]
      case 'in_session':
        return session.contains(names.get(a))
      case 'autoflush':
        session.autoflush = a
        return null
      case 'flush':
      case 'commit':
      case 'rollback':
      case 'close':
        await session[operation]()
        return null
    }
    return this.#query(operation, a, b, c)
  }

  async #query(operation: string, a: Dynamic, b: Dynamic, c: Dynamic): Promise<unknown> {
    const session = this.#session
    switch (operation) {
      case 'all':
        return Promise.all(
          (await this.#result(a)).all().map((row: Iterable<unknown>) => this.#show([...row])),
        )
      case 'scalars':
        return this.#show([...(await this.#result(a)).scalars().all()])
      case 'scalar':
        return this.#show((await this.#result(a)).scalar())
      case 'one':
        return this.#show((await this.#result(a)).scalars().one())
      case 'one_or_none':
        return this.#show((await this.#result(a)).scalars().oneOrNone())
      case 'first':
        return this.#show((await this.#result(a)).scalars().first())
      case 'find':
        this.#names.set(a, (await this.#result(b)).scalars().first())
        return this.#show(this.#names.get(a))
      case 'exists':
        return truth(
          (
            await session.execute(
              select(exists(select(classes[a]).where(condition(b)) as Dynamic)) as Dynamic,
            )
          ).scalar(),
        )
      case 'update_where':
        await session.execute(update(classes[a]).where(condition(b)).values(c))
        return null
      case 'delete_where':
        await session.execute(delete_(classes[a]).where(condition(b)))
        return null
      case 'bulk_insert':
        await session.bulkInsertMappings(classes[a], b)
        return null
      case 'text': {
        const result: Dynamic = await session.execute(text(a) as Dynamic, b)
        return result.returnsRows ? result.all().map((row: Iterable<unknown>) => [...row]) : null
      }
    }
    throw new Error(`unknown operation ${operation}`)
  }

  /** The rows of all tables that have any, in the order of their keys. */
  async tables(): Promise<Json> {
    await this.#session.close()
    const found: Json = {}
    await using connection = await this.#engine.connect()
    for (const table of base.metadata.sortedTables) {
      const keys = table.primaryKey
      const rows = (
        await connection.execute(select(table as Dynamic).orderBy(...(keys as Dynamic)) as Dynamic)
      ).all()
      if (rows.length > 0) found[table.name] = rows.map((row) => [...(row as Iterable<unknown>)])
    }
    return found
  }
}

function truth(value: unknown): boolean {
  return value === true || value === 1
}

export const runCase: CaseRunner = async (line) => {
  const engine = createEngine('sqlite://')
  await base.metadata.createAll(engine)
  try {
    const scenario = new Scenario(engine)
    const results: unknown[] = []
    await scenario.run((line.steps as Step[]).values(), results)
    return compare(line.expect, { results, tables: await scenario.tables() })
  } finally {
    await engine.dispose()
  }
}
