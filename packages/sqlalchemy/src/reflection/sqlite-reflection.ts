import { quoteName } from '../compile/traits.ts'
import {
  actionOrNull,
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

function unquoted(name: string): string {
  return /^["`[]/.test(name) ? name.slice(1, -1).replaceAll('""', '"') : name
}

const nameForm = '(?:"(?:[^"]|"")+"|`[^`]+`|\\[[^\\]]+\\]|\\w+)'

function listed(text: string): string[] {
  return text.split(',').map((part) => unquoted(part.trim()))
}

/** Names of constraints, which SQLite keeps only in the text of CREATE TABLE. */
function namedConstraints(sql: string, word: string): { name: string; columns: string[] }[] {
  const form = new RegExp(`CONSTRAINT\\s+(${nameForm})\\s+${word}\\s*\\(([^)]*)\\)`, 'gi')
  return Array.from(sql.matchAll(form), ([, name = '', columns = '']) => ({
    name: unquoted(name),
    columns: listed(columns),
  }))
}

function nameOf(
  named: readonly { name: string; columns: string[] }[],
  columns: readonly string[],
): string | null {
  return named.find((item) => item.columns.join() === columns.join())?.name ?? null
}

/** Text from an opening bracket to the one that closes it. */
function bracketed(sql: string, start: number): string {
  let depth = 0
  for (let index = start; index < sql.length; index++) {
    const letter = sql[index]
    if (letter === "'") index = sql.indexOf("'", index + 1)
    else if (letter === '(') depth++
    else if (letter === ')' && --depth === 0) return sql.slice(start + 1, index)
  }
  return sql.slice(start + 1)
}

function checksOf(sql: string): ReflectedCheck[] {
  const form = new RegExp(`(?:CONSTRAINT\\s+(${nameForm})\\s+)?\\bCHECK\\s*\\(`, 'gi')
  return Array.from(sql.matchAll(form), (match) => ({
    name: match[1] ? unquoted(match[1]) : null,
    sqltext: bracketed(sql, match.index + match[0].length - 1).trim(),
  }))
}

function computedOf(sql: string, name: string): string | null {
  const form = new RegExp(`(?:"${name}"|\\b${name}\\b)[^,]*?\\bAS\\s*\\(`, 'i')
  const match = form.exec(sql)
  return match ? bracketed(sql, match.index + match[0].length - 1).trim() : null
}

async function columnsOf(
  source: ReflectionSource,
  table: string,
  sql: string,
): Promise<[ReflectedColumn[], string[]]> {
  const rows = await ask(source, `PRAGMA table_xinfo(${table})`)
  const keys = rows
    .filter((row) => Number(row[5]) > 0)
    .sort((left, right) => Number(left[5]) - Number(right[5]))
  const auto = keys.length === 1 && /^integer$/i.test(String(keys[0]?.[2]))
  const columns = rows.map((row): ReflectedColumn => {
    const name = String(row[1])
    const hidden = Number(row[6])
    const typeText = String(row[2]).replace(/\s*generated always.*$/i, '')
    return {
      name,
      type: typeFromText(typeText),
      typeText,
      nullable: Number(row[3]) === 0 && Number(row[5]) === 0,
      defaultText: textOrNull(row[4]),
      autoincrement: auto && Number(row[5]) > 0,
      comment: null,
      computed: hidden === 2 || hidden === 3 ? computedOf(sql, name) : null,
    }
  })
  return [columns, keys.map((row) => String(row[1]))]
}

async function foreignKeysOf(
  source: ReflectionSource,
  table: string,
  sql: string,
): Promise<ReflectedForeignKey[]> {
  const named = namedConstraints(sql, 'FOREIGN\\s+KEY')
  const groups = new Map<number, unknown[][]>()
  for (const row of await ask(source, `PRAGMA foreign_key_list(${table})`)) {
    groups.set(Number(row[0]), [...(groups.get(Number(row[0])) ?? []), row])
  }
  const keys = [...groups.values()].map((rows): ReflectedForeignKey => {
    const first = rows[0] as unknown[]
    const columns = rows.map((row) => String(row[3]))
    return {
      name: nameOf(named, columns),
      columns,
      referredSchema: null,
      referredTable: String(first[2]),
      referredColumns: rows.map((row, index) =>
        row[4] === null ? (columns[index] as string) : String(row[4]),
      ),
      onupdate: actionOrNull(first[5]),
      ondelete: actionOrNull(first[6]),
    }
  })
  return keys.reverse()
}

async function indexesOf(
  source: ReflectionSource,
  table: string,
  sql: string,
): Promise<[ReflectedIndex[], ReflectedUnique[]]> {
  const named = namedConstraints(sql, 'UNIQUE')
  const indexes: ReflectedIndex[] = []
  const uniques: ReflectedUnique[] = []
  for (const row of await ask(source, `PRAGMA index_list(${table})`)) {
    const name = String(row[1])
    const info = await ask(source, `PRAGMA index_info(${quoteName(name, source.traits)})`)
    const columns = info.map((item) => String(item[2]))
    if (row[3] === 'u') uniques.push({ name: nameOf(named, columns), columns })
    else if (row[3] === 'c') indexes.push({ name, columns, unique: Number(row[2]) === 1 })
  }
  return [indexes.sort((left, right) => (left.name < right.name ? -1 : 1)), uniques.reverse()]
}

/** Describes a table of a SQLite database. */
export async function reflectSqliteTable(
  source: ReflectionSource,
  name: string,
): Promise<ReflectedTable | null> {
  const found = await ask(
    source,
    "SELECT sql FROM sqlite_master WHERE type IN ('table', 'view') AND name = ?",
    [name],
  )
  if (!found[0]) return null
  const sql = String(found[0][0] ?? '')
  const table = quoteName(name, source.traits)
  const [columns, keys] = await columnsOf(source, table, sql)
  const [indexes, uniqueConstraints] = await indexesOf(source, table, sql)
  return {
    name,
    schema: null,
    comment: null,
    columns,
    primaryKey: { name: nameOf(namedConstraints(sql, 'PRIMARY\\s+KEY'), keys), columns: keys },
    foreignKeys: await foreignKeysOf(source, table, sql),
    indexes,
    uniqueConstraints,
    checks: checksOf(sql),
  }
}
