import {
  type ColumnSchema,
  createEngine,
  type DeclarativeBase,
  declarativeBase,
  type Engine,
  type EngineOptions,
  type EntityClass,
  type GetOptions,
  MetaData,
  MultipleResultsFound,
  NoResultFound,
  type Select,
  type SessionOptions,
  select,
  Table,
  type TableOptions,
  type TypedTable,
  UnboundExecutionError,
} from '@flask-ts/sqlalchemy'
import { currentApp, currentAppContext, type Flask, hasAppContext } from 'flask-ts'
import { configuredEngines } from './engine-config.ts'
import { AlreadyRegisteredError, NotRegisteredError } from './errors.ts'
import type { DefineInheritingModel, DefineModel } from './model-types.ts'
import type { PaginateOptions } from './page-arguments.ts'
import { abortNotFound, Query } from './query.ts'
import { recordQueriesOf } from './record-queries.ts'
import { type ScopedSession, SessionRegistry, scopedSession } from './scoped-session.ts'
import { SelectPagination } from './select-pagination.ts'
import { Session } from './session.ts'
import { SqlNamesBase } from './sql-names.ts'
import { trackModificationsOf } from './track-modifications.ts'

/** One database, several, or all of them. */
export type BindKeys = string | null | readonly (string | null)[]

/** What `SQLAlchemy` is given beside the application. */
export interface SQLAlchemyOptions {
  /** The tables' collection, to give it a naming convention or schema. */
  metadata?: MetaData
  /** How sessions behave; `class` and `scopefunc` replace the class of sessions and what one belongs to. */
  sessionOptions?: Omit<SessionOptions, 'bind' | 'bindFor'> & {
    class?: typeof Session
    scopefunc?: () => object
  }
  /** The class of `Model.query` and `db.session.query()`. */
  queryClass?: typeof Query
  /** Options for all engines. */
  engineOptions?: EngineOptions
  /** Gives `db` and the models to `flask shell`; true without. */
  addModelsToShell?: boolean
}

/**
 * SQLAlchemy for Flask applications: models, a session for each context, and the engines of the configuration.
 *
 *     const db = new SQLAlchemy(app)
 *     class User extends db.Model('user', { id: db.Column(db.Integer, { primaryKey: true }) }) {}
 *
 * @see https://flask-sqlalchemy.readthedocs.io/en/stable/api/#flask_sqlalchemy.SQLAlchemy
 */
export class SQLAlchemy extends SqlNamesBase {
  /** Collections of tables by bind key; `null` is the usual one. */
  readonly metadatas = new Map<string | null, MetaData>()
  /** The session of the current application context. */
  readonly session: ScopedSession
  /** Base of the models. */
  readonly Model: DefineModel
  /** Base of models that inherit from others. */
  readonly Inherit: DefineInheritingModel
  /** The class of queries. */
  readonly Query: typeof Query
  readonly #base: DeclarativeBase
  readonly #registry: SessionRegistry<Session>
  readonly #options: SQLAlchemyOptions
  readonly #engines = new WeakMap<object, Map<string | null, Engine>>()

  /**
   * @param app - The application, configured before; without it, call `initApp` later.
   */
  constructor(app?: Flask | null, options: SQLAlchemyOptions = {}) {
    super()
    this.#options = options
    this.Query = options.queryClass ?? Query
    this.metadatas.set(null, options.metadata ?? new MetaData())
    this.#base = declarativeBase({
      metadata: this.metadata,
      metadataFor: (bindKey) => this.#metadataOf(bindKey),
      query: (cls) => new this.Query(this.#registry.current, select(cls as never) as never, true),
    })
    this.Model = ((table: string, definitions, modelOptions) =>
      this.#base.Model(table, definitions, modelOptions)) as DefineModel
    this.Inherit = ((parent, table, definitions, modelOptions) =>
      this.#base.Inherit(parent, table, definitions, modelOptions)) as DefineInheritingModel
    const { scopefunc = currentAppContext } = options.sessionOptions ?? {}
    this.#registry = new SessionRegistry(() => this.#makeSession(), scopefunc)
    this.session = scopedSession(this.#registry)
    if (app) this.initApp(app)
  }

  /**
   * Makes the engines of an application's configuration, and ends its sessions with their contexts.
   *
   * @throws AlreadyRegisteredError - if the application has such an extension.
   * @throws MissingDatabaseUriError - if no database is configured.
   * @throws ModuleNotFoundError - if the driver of a database is not installed.
   */
  initApp(app: Flask): void {
    if ('sqlalchemy' in app.extensions) {
      throw new AlreadyRegisteredError(
        "A 'SQLAlchemy' instance has already been registered on this Flask app. Import and use that instance instead.",
      )
    }
    const { config } = app
    config.setdefault('SQLALCHEMY_RECORD_QUERIES', app.debug)
    config.setdefault('SQLALCHEMY_TRACK_MODIFICATIONS', false)
    const engines = new Map<string | null, Engine>()
    for (const [key, { url, ...rest }] of configuredEngines(app, this.#options.engineOptions ?? {})) {
      this.#metadataOf(key)
      engines.set(key, createEngine(url, rest))
    }
    if (config.SQLALCHEMY_RECORD_QUERIES) for (const engine of engines.values()) recordQueriesOf(engine)
    app.extensions.sqlalchemy = this
    this.#engines.set(app, engines)
    if (this.#options.addModelsToShell ?? true) app.shellContextProcessor(() => this.#shellNames())
    app.teardownAppcontext(() => this.#registry.remove())
  }

  #shellNames(): Record<string, unknown> {
    // A class makes itself known when it is first used; one that never was has no name here.
    const named = this.models.filter((model) => model.name !== '')
    return { ...Object.fromEntries(named.map((model) => [model.name, model])), db: this }
  }

  #makeSession(): Session {
    const { class: SessionClass = Session, scopefunc: _, ...options } = this.#options.sessionOptions ?? {}
    const session = new SessionClass({
      ...options,
      bindFor: (_mapper, bindKey) => this.#engineFor(bindKey),
    })
    if (currentApp.config.SQLALCHEMY_TRACK_MODIFICATIONS) trackModificationsOf(session)
    return session
  }

  #metadataOf(bindKey: string | null): MetaData {
    let metadata = this.metadatas.get(bindKey)
    if (metadata === undefined) {
      // Naming conventions are given once and hold for every database.
      metadata = new MetaData({ namingConvention: this.metadata.namingConvention })
      this.metadatas.set(bindKey, metadata)
    }
    return metadata
  }

  #engineFor(bindKey: string | null): Engine {
    const engine = this.engines.get(bindKey)
    if (engine !== undefined) return engine
    const message = `Bind key '${bindKey}' is not in 'SQLALCHEMY_BINDS' config.`
    throw new UnboundExecutionError(
      bindKey === null ? `'SQLALCHEMY_DATABASE_URI' config is not set. ${message}` : message,
    )
  }

  /** The tables of models without a bind key. */
  get metadata(): MetaData {
    return this.metadatas.get(null) as MetaData
  }

  /** All model classes. */
  get models(): readonly (abstract new (
    ...args: never[]
  ) => object)[] {
    return this.#base.registry.classes as never
  }

  /**
   * The engines of the current application, by bind key.
   *
   * @throws OutsideContextError - outside of an application context.
   * @throws NotRegisteredError - if the application was never given to `initApp`.
   */
  get engines(): ReadonlyMap<string | null, Engine> {
    const engines = this.#engines.get(currentAppContext().app)
    if (engines !== undefined) return engines
    throw new NotRegisteredError(
      "The current Flask app is not registered with this 'SQLAlchemy' instance. Did you forget to call 'initApp', or did you create multiple 'SQLAlchemy' instances?",
    )
  }

  /** The engine of the current application for what has no bind key. */
  get engine(): Engine {
    return this.#engineFor(null)
  }

  /** The engine of a bind key. */
  getEngine(bindKey: string | null = null): Engine {
    return this.#engineFor(bindKey)
  }

  /** Defines a table without a model, such as the `secondary` of a many-to-many relationship. */
  Table<const C extends Readonly<Record<string, ColumnSchema>>>(
    name: string,
    columns: C,
    options: TableOptions = {},
  ): TypedTable<C> {
    return Table(name, this.#metadataOf(options.bindKey ?? null), columns, options)
  }

  /** The object of a key; without one, the request ends with a 404. */
  async getOr404<I>(
    model: EntityClass<I>,
    key: unknown,
    options: GetOptions & { description?: string | null } = {},
  ): Promise<I> {
    const { description, ...rest } = options
    return (await this.#registry.current.get(model, key, rest)) ?? abortNotFound(description)
  }

  /** The first value of the first row; without one, the request ends with a 404. */
  async firstOr404<R extends readonly unknown[]>(
    statement: Select<R>,
    options: { description?: string | null } = {},
  ): Promise<NonNullable<R[0]>> {
    const value = await this.#registry.current.scalar(statement)
    return (value as NonNullable<R[0]> | null) ?? abortNotFound(options.description)
  }

  /** The first value of the only row; without one or with several, the request ends with a 404. */
  async oneOr404<R extends readonly unknown[]>(
    statement: Select<R>,
    options: { description?: string | null } = {},
  ): Promise<R[0]> {
    try {
      return (await this.#registry.current.execute(statement)).scalarOne() as R[0]
    } catch (error) {
      if (error instanceof NoResultFound || error instanceof MultipleResultsFound)
        return abortNotFound(options.description)
      throw error
    }
  }

  /** One page of what a statement selects; its first item counts. */
  async paginate<R extends readonly unknown[]>(
    statement: Select<R>,
    options: PaginateOptions = {},
  ): Promise<SelectPagination<R[0]>> {
    const pagination = new SelectPagination<R[0]>(
      statement as unknown as Select<readonly unknown[]>,
      this.#registry.current,
      options,
    )
    return await pagination.load(options)
  }

  async #forBinds(
    keys: BindKeys | undefined,
    action: (metadata: MetaData, engine: Engine) => Promise<void>,
  ): Promise<void> {
    const wanted = keys === undefined || keys === '__all__' ? [...this.metadatas.keys()] : [keys].flat()
    for (const key of wanted as (string | null)[]) {
      await action(this.#metadataOf(key), this.#engineFor(key))
    }
  }

  /** Creates the tables that are not there yet, in all databases or some. */
  async createAll(bindKeys?: BindKeys): Promise<void> {
    await this.#forBinds(bindKeys, (metadata, engine) => metadata.createAll(engine))
  }

  /** Drops the tables, in all databases or some. */
  async dropAll(bindKeys?: BindKeys): Promise<void> {
    await this.#forBinds(bindKeys, (metadata, engine) => metadata.dropAll(engine))
  }

  /** Reads the tables of all databases or some into `metadatas`. */
  async reflect(bindKeys?: BindKeys): Promise<void> {
    await this.#forBinds(bindKeys, (metadata, engine) => metadata.reflect(engine))
  }

  /** `<SQLAlchemy sqlite:///app.db>` within a context. */
  override toString(): string {
    if (!hasAppContext()) return '<SQLAlchemy>'
    const { engines } = this
    const more = engines.size > 1 ? ` +${engines.size - 1}` : ''
    return `<SQLAlchemy ${engines.get(null)?.url ?? ''}${more}>`
  }
}
