export { columnDdl, isAutoKey, serverDefaultSql } from './compile/column-ddl.ts'
export type { Compiled } from './compile/compilation.ts'
export { compile, compileExpression, type Executable } from './compile/compiler.ts'
export { constraintDdl, createIndexDdl } from './compile/constraint-ddl.ts'
export { literalSql, quoteText } from './compile/literal-sql.ts'
export {
  afterTableDdl,
  createEnumDdl,
  createTableDdl,
  deferredForeignKeyDdl,
  dropTableDdl,
  enumTypes,
} from './compile/table-ddl.ts'
export {
  type DialectTraits,
  mariadbTraits,
  mysqlTraits,
  postgresqlTraits,
  quoteName,
  quoteQualified,
  sqliteTraits,
} from './compile/traits.ts'
export type { IsolationLevel } from './dialects/driver.ts'
export { Connection, type Parameters } from './engine/connection.ts'
export { createEngine, Engine, type EngineOptions } from './engine/engine.ts'
export type { PoolOptions, PoolStatus } from './engine/pool.ts'
export { type MappingResult, Result, type ScalarResult } from './engine/result.ts'
export type { Row } from './engine/row.ts'
export {
  AmbiguousForeignKeysError,
  ArgumentError,
  CircularDependencyError,
  CompileError,
  DetachedInstanceError,
  FlushError,
  IdentifierError,
  InvalidRequestError,
  LookupError,
  MissingGreenlet,
  ModuleNotFoundError,
  MultipleResultsFound,
  NoForeignKeysError,
  NoReferencedColumnError,
  NoReferencedTableError,
  NoReferenceError,
  NoResultFound,
  NoSuchColumnError,
  NoSuchModuleError,
  NoSuchTableError,
  ObjectDeletedError,
  PendingRollbackError,
  PoolTimeoutError,
  ResourceClosedError,
  SQLAlchemyError,
  StaleDataError,
  UnboundExecutionError,
  UnmappedClassError,
  UnmappedInstanceError,
  UnsupportedCompilationError,
} from './errors/base-errors.ts'
export {
  DatabaseError,
  DataError,
  DBAPIError,
  DeadlockError,
  IntegrityError,
  InterfaceError,
  InternalError,
  NotSupportedError,
  OperationalError,
  ProgrammingError,
  SerializationError,
  StatementError,
  showParameters,
} from './errors/dbapi-errors.ts'
export { type Listener, listen, listenersOf, removeListener } from './event/listeners.ts'
export {
  ColumnElement,
  type Condition,
  literal,
  type Operand,
  type OverOptions,
} from './expression/column-element.ts'
export { ENTITY, type EntitySource } from './expression/entity.ts'
export { Alias, Cte, FromClause, Join, Subquery } from './expression/from-clause.ts'
export {
  and,
  asc,
  bindparam,
  call,
  case_,
  cast,
  desc,
  distinct,
  exists,
  extract,
  FunctionElement,
  type FunctionNamespace,
  false_,
  func,
  literalColumn,
  not,
  null_,
  or,
  true_,
  tuple_,
  typeCoerce,
} from './expression/functions.ts'
export { type TextClause, text } from './expression/text-clause.ts'
export { aliased } from './orm/aliased.ts'
export {
  type AnyModel,
  type DeclarativeBase,
  type DeclarativeBaseOptions,
  declarativeBase,
  type Merged,
  type ModelClass,
  many,
  one,
  relationship,
} from './orm/declarative-base.ts'
export { hybridProperty } from './orm/hybrid.ts'
export type { MappedClass, Mapper } from './orm/mapper.ts'
export type { QueryFactory } from './orm/model.ts'
export type { ModelOptions } from './orm/model-options.ts'
export type {
  Definitions,
  Initial,
  Instance,
  ModelBasics,
  ModelConstructor,
  ModelStatics,
} from './orm/model-types.ts'
export { flagModified, inspectObject, makeTransient, type ObjectInspection } from './orm/object-inspection.ts'
export { mapperOf, Registry } from './orm/registry.ts'
export { RelationshipAttribute } from './orm/relationship-attribute.ts'
export type { RelationshipDefinition, RelationshipOptions } from './orm/relationship-options.ts'
export { Inspector } from './reflection/inspector.ts'
export { toTable } from './reflection/reflect-into.ts'
export type {
  ReflectedCheck,
  ReflectedColumn,
  ReflectedForeignKey,
  ReflectedIndex,
  ReflectedTable,
  ReflectedUnique,
} from './reflection/reflected.ts'
export { typeFromText } from './reflection/type-from-text.ts'
export { type ColumnOptions, ColumnSchema, snakeCase } from './schema/column.ts'
export { ComputedSchema, IdentitySchema } from './schema/computed.ts'
export {
  CheckSchema,
  ForeignKeyConstraintSchema,
  IndexSchema,
  PrimaryKeySchema,
  type TableItem,
  UniqueSchema,
} from './schema/constraint.ts'
export {
  CheckConstraint,
  Column,
  Computed,
  ForeignKey,
  ForeignKeyConstraint,
  Identity,
  Index,
  PrimaryKeyConstraint,
  Sequence,
  Table,
  type TypedTable,
  UniqueConstraint,
  type WithForeignKey,
} from './schema/constructors.ts'
export { type ForeignKeyAction, type ForeignKeyOptions, ForeignKeySchema } from './schema/foreign-key.ts'
export { MetaData, type MetaDataOptions, type ReflectOptions, sortTables } from './schema/metadata.ts'
export { conventionName, type NamingConvention, truncateName } from './schema/naming.ts'
export { SequenceSchema } from './schema/sequence.ts'
export { type TableOptions, TableSchema } from './schema/table.ts'
export {
  containsEager,
  defer,
  immediateload,
  joinedload,
  LoadOption,
  lazyload,
  loadOnly,
  noload,
  raiseload,
  selectinload,
  subqueryload,
  undefer,
} from './session/load-option.ts'
export { Query, type QuerySession } from './session/query.ts'
export { type EntityClass, Session } from './session/session.ts'
export type { ExecuteOptions, GetOptions, SessionOptions } from './session/session-options.ts'
export { CompoundSelect, except, intersect, union, unionAll } from './statement/compound-select.ts'
export { Delete, delete_, Insert, insert, Update, update } from './statement/dml.ts'
export { excluded } from './statement/excluded.ts'
export { type FilterValues, type JoinTarget, Select, select } from './statement/select.ts'
export type { SelectItem, SelectRow, SelectValue } from './statement/select-item.ts'
export {
  ARRAY,
  BigInteger,
  BooleanOf as Boolean,
  CHAR,
  DateOf as Date,
  DateTime,
  Enum,
  Float,
  Integer,
  Interval,
  JSONB,
  JsonOf as JSON,
  LargeBinary,
  Numeric,
  PickleType,
  SmallInteger,
  StringOf as String,
  StringOf as Unicode,
  Text,
  Text as UnicodeText,
  Time,
  typeDecorator,
  Uuid,
} from './types/constructors.ts'
export { EnumType, RawType, type TypeConversion } from './types/other-types.ts'
export {
  type DialectName,
  NullType,
  nullType,
  TypeEngine,
  type TypeLike,
  toType,
} from './types/type-engine.ts'
export { DatabaseUrl, makeUrl, type UrlParts } from './url/database-url.ts'
