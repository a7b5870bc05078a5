import { EnumType } from '../types/other-types.ts'
import {
  ask,
  type ReflectedCheck,
  type ReflectedColumn,
  type ReflectedForeignKey,
  type ReflectedIndex,
  type ReflectedTable,
  type ReflectedUnique,
  type ReflectionSource,
  textOrNull,
} from './reflected.ts'
import { typeFromText } from './type-from-text.ts'

const columnSql = `SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
  pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated, col_description(a.attrelid, a.attnum),
  t.typtype, t.typname, (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid)
FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`

const constraintSql = `SELECT c.conname, c.contype, pg_get_constraintdef(c.oid, true),
  (SELECT json_agg(a.attname ORDER BY k.n) FROM unnest(c.conkey) WITH ORDINALITY k(num, n)
   JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num),
  f.relname, fn.nspname,
  (SELECT json_agg(a.attname ORDER BY k.n) FROM unnest(c.confkey) WITH ORDINALITY k(num, n)
   JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.num),
  c.confdeltype, c.confupdtype, fn.nspname = current_schema()
FROM pg_constraint c LEFT JOIN pg_class f ON f.oid = c.confrelid LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
WHERE c.conrelid = $1 ORDER BY c.conname`

const indexSql = `SELECT i.relname, x.indisunique,
  (SELECT json_agg(COALESCE(a.attname, pg_get_indexdef(x.indexrelid, k.n::int, true)) ORDER BY k.n)
   FROM unnest(x.indkey) WITH ORDINALITY k(num, n)
   LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.num AND k.num > 0)
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
WHERE x.indrelid = $1 AND NOT x.indisprimary
  AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = x.indexrelid AND c.contype IN ('u', 'p', 'x'))
ORDER BY i.relname`

const actions: Record<string, string> = { c: 'CASCADE', n: 'SET NULL', d: 'SET DEFAULT', r: 'RESTRICT' }

function names(value: unknown): string[] {
  return value === null || value === undefined ? [] : (JSON.parse(String(value)) as string[])
}

function toColumn(row: unknown[]): ReflectedColumn {
  const [name, typeText, notNull, defaultText, identity, generated, comment, typtype, typname, labels] = row
  const text = String(typeText)
  const type = typtype === 'e' ? new EnumType(names(labels), String(typname)) : typeFromText(text)
  const computed = generated === 's' || generated === 'v'
  const serial = /^nextval\(/.test(String(defaultText ?? ''))
  return {
    name: String(name),
    type,
    typeText: text,
    nullable: notNull !== true,
    defaultText: computed || serial ? null : textOrNull(defaultText),
    autoincrement: serial || identity === 'a' || identity === 'd',
    comment: textOrNull(comment),
    computed: computed ? textOrNull(defaultText) : null,
  }
}

function toForeignKey(row: unknown[], schema: string | null): ReflectedForeignKey {
  const referred = String(row[5])
  const isUsual = row[9] === true && referred !== schema
  return {
    name: String(row[0]),
    columns: names(row[3]),
    referredTable: String(row[4]),
    referredSchema: isUsual ? null : referred,
    referredColumns: names(row[6]),
    ondelete: actions[String(row[7])] ?? null,
    onupdate: actions[String(row[8])] ?? null,
  }
}

function checkText(definition: string): string {
  const text = definition.replace(/^CHECK \(/, '').replace(/\)(?: NOT VALID| NO INHERIT)*$/, '')
  return text.startsWith('(') && text.endsWith(')') ? text.slice(1, -1) : text
}

/** Describes a table of a PostgreSQL database. */
export async function reflectPostgresqlTable(
  source: ReflectionSource,
  name: string,
  schema: string | null,
): Promise<ReflectedTable | null> {
  const found = await ask(
    source,
    `SELECT c.oid, obj_description(c.oid, 'pg_class') FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relname = $1 AND n.nspname = COALESCE($2, current_schema()) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')`,
    [name, schema],
  )
  if (!found[0]) return null
  const oid = found[0][0]
  const columns = (await ask(source, columnSql, [oid])).map(toColumn)
  const constraints = await ask(source, constraintSql, [oid])
  const of = (kind: string) => constraints.filter((row) => row[1] === kind)
  const primary = of('p')[0]
  const indexes = (await ask(source, indexSql, [oid])).map(
    (row): ReflectedIndex => ({ name: String(row[0]), unique: row[1] === true, columns: names(row[2]) }),
  )
  return {
    name,
    schema,
    comment: textOrNull(found[0][1]),
    columns,
    primaryKey: { name: textOrNull(primary?.[0]), columns: names(primary?.[3]) },
    foreignKeys: of('f').map((row) => toForeignKey(row, schema)),
    indexes,
    uniqueConstraints: of('u').map(
      (row): ReflectedUnique => ({ name: String(row[0]), columns: names(row[3]) }),
    ),
    checks: of('c').map(
      (row): ReflectedCheck => ({ name: String(row[0]), sqltext: checkText(String(row[2])) }),
    ),
  }
}
