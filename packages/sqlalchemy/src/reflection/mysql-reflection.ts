import {
  actionOrNull,
  ask,
  type ReflectedCheck,
  type ReflectedColumn,
  type ReflectedForeignKey,
  type ReflectedIndex,
  type ReflectedTable,
  type ReflectionSource,
  textOrNull,
} from './reflected.ts'
import { typeFromText } from './type-from-text.ts'

function grouped(rows: readonly unknown[][]): Map<string, unknown[][]> {
  const groups = new Map<string, unknown[][]>()
  for (const row of rows) groups.set(String(row[0]), [...(groups.get(String(row[0])) ?? []), row])
  return groups
}

/** MariaDB writes `NULL` for no default; MySQL leaves text without its quotes. */
function defaultText(value: unknown, extra: string, isMariaDb: boolean): string | null {
  const text = textOrNull(value)
  if (text === null || (isMariaDb && text === 'NULL')) return null
  if (isMariaDb || /default_generated/i.test(extra) || /^-?[\d.]+$/.test(text)) return text
  return `'${text.replaceAll("'", "''")}'`
}

function toColumn(row: unknown[], isMariaDb: boolean): ReflectedColumn {
  const [name, typeText, nullable, value, extra, comment, generated] = row
  const flags = String(extra ?? '')
  return {
    name: String(name),
    type: typeFromText(String(typeText)),
    typeText: String(typeText),
    nullable: nullable === 'YES',
    defaultText: defaultText(value, flags, isMariaDb),
    autoincrement: /auto_increment/i.test(flags),
    comment: comment ? String(comment) : null,
    computed: generated ? String(generated) : null,
  }
}

const columnSql = `SELECT COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, COLUMN_DEFAULT, EXTRA, COLUMN_COMMENT, GENERATION_EXPRESSION
FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = COALESCE(?, DATABASE()) AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION`

const indexSql = `SELECT INDEX_NAME, NON_UNIQUE, COLUMN_NAME FROM information_schema.STATISTICS
WHERE TABLE_SCHEMA = COALESCE(?, DATABASE()) AND TABLE_NAME = ? ORDER BY INDEX_NAME, SEQ_IN_INDEX`

const foreignSql = `SELECT k.CONSTRAINT_NAME, k.COLUMN_NAME, k.REFERENCED_TABLE_SCHEMA, k.REFERENCED_TABLE_NAME,
  k.REFERENCED_COLUMN_NAME, r.DELETE_RULE, r.UPDATE_RULE
FROM information_schema.KEY_COLUMN_USAGE k JOIN information_schema.REFERENTIAL_CONSTRAINTS r
  ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME AND r.TABLE_NAME = k.TABLE_NAME
WHERE k.TABLE_SCHEMA = COALESCE(?, DATABASE()) AND k.TABLE_NAME = ? AND k.REFERENCED_TABLE_NAME IS NOT NULL
ORDER BY k.CONSTRAINT_NAME, k.ORDINAL_POSITION`

const checkSql = `SELECT c.CONSTRAINT_NAME, c.CHECK_CLAUSE FROM information_schema.CHECK_CONSTRAINTS c
JOIN information_schema.TABLE_CONSTRAINTS t ON t.CONSTRAINT_SCHEMA = c.CONSTRAINT_SCHEMA AND t.CONSTRAINT_NAME = c.CONSTRAINT_NAME
WHERE t.TABLE_SCHEMA = COALESCE(?, DATABASE()) AND t.TABLE_NAME = ? ORDER BY c.CONSTRAINT_NAME`

function toForeignKey(name: string, rows: unknown[][], schema: string | null): ReflectedForeignKey {
  const first = rows[0] as unknown[]
  const action = (value: unknown) => (value === 'RESTRICT' ? null : actionOrNull(value))
  return {
    name,
    columns: rows.map((row) => String(row[1])),
    referredSchema: schema === null ? null : String(first[2]),
    referredTable: String(first[3]),
    referredColumns: rows.map((row) => String(row[4])),
    ondelete: action(first[5]),
    onupdate: action(first[6]),
  }
}

/** Describes a table of a MySQL or MariaDB database. */
export async function reflectMysqlTable(
  source: ReflectionSource,
  name: string,
  schema: string | null,
): Promise<ReflectedTable | null> {
  const params = [schema, name]
  const found = await ask(
    source,
    'SELECT TABLE_COMMENT FROM information_schema.TABLES WHERE TABLE_SCHEMA = COALESCE(?, DATABASE()) AND TABLE_NAME = ?',
    params,
  )
  if (!found[0]) return null
  const columns = (await ask(source, columnSql, params)).map((row) => toColumn(row, source.traits.isMariaDb))
  const foreignKeys = [...grouped(await ask(source, foreignSql, params))].map(([key, rows]) =>
    toForeignKey(key, rows, schema),
  )
  const groups = [...grouped(await ask(source, indexSql, params))].map(([key, rows]) => ({
    name: key,
    unique: Number(rows[0]?.[1]) === 0,
    columns: rows.map((row) => String(row[2])),
  }))
  const primary = groups.find((index) => index.name === 'PRIMARY')
  // Every foreign key brings an index of its own name, which no model asks for.
  const own = new Set(foreignKeys.map((key) => key.name))
  const indexes: ReflectedIndex[] = groups.filter((index) => index !== primary && !own.has(index.name))
  const checks = (await ask(source, checkSql, params))
    .map((row): ReflectedCheck => ({ name: String(row[0]), sqltext: String(row[1]) }))
    .filter((check) => !/^json_valid\(/i.test(check.sqltext))
  return {
    name,
    schema,
    comment: found[0][0] ? String(found[0][0]) : null,
    columns,
    primaryKey: { name: null, columns: primary?.columns ?? [] },
    foreignKeys,
    indexes,
    // MySQL has no unique constraints apart from unique indexes.
    uniqueConstraints: indexes
      .filter((index) => index.unique)
      .map(({ name: key, columns: keys }) => ({ name: key, columns: keys })),
    checks,
  }
}
