import { type Connection, type DialectTraits, Inspector, quoteName, quoteText } from '@flask-ts/sqlalchemy'

/** The table in which a database keeps its version, as Alembic has it. */
export class VersionTable {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }

  createSql(traits: DialectTraits): string {
    const name = quoteName(this.name, traits)
    const key = quoteName(`${this.name}_pkc`, traits)
    return `CREATE TABLE ${name} (\n\tversion_num VARCHAR(32) NOT NULL,\n\tCONSTRAINT ${key} PRIMARY KEY (version_num)\n)`
  }

  async #exists(connection: Connection): Promise<boolean> {
    return await new Inspector(connection).hasTable(this.name)
  }

  /** The versions that the database is at; none for a database that was never migrated. */
  async read(connection: Connection): Promise<string[]> {
    if (!(await this.#exists(connection))) return []
    const name = quoteName(this.name, connection.traits)
    const { rows } = await connection.executeDriver(`SELECT version_num FROM ${name}`, [], false)
    return rows.map(([version]) => String(version)).sort()
  }

  /** Makes the table where it is missing. */
  async ensure(connection: Connection): Promise<void> {
    if (!(await this.#exists(connection)))
      await connection.executeDriver(this.createSql(connection.traits), [])
  }

  /** The statements that turn one set of versions into another. */
  changeSql(before: readonly string[], after: readonly string[], traits: DialectTraits): string[] {
    const name = quoteName(this.name, traits)
    const text = (version: string) => quoteText(version, traits)
    const gone = before.filter((version) => !after.includes(version))
    const come = after.filter((version) => !before.includes(version))
    const statements: string[] = []
    const [from, to] = [gone[0], come[0]]
    if (from !== undefined && to !== undefined) {
      gone.shift()
      come.shift()
      statements.push(`UPDATE ${name} SET version_num=${text(to)} WHERE ${name}.version_num = ${text(from)}`)
    }
    for (const version of gone)
      statements.push(`DELETE FROM ${name} WHERE ${name}.version_num = ${text(version)}`)
    for (const version of come) statements.push(`INSERT INTO ${name} (version_num) VALUES (${text(version)})`)
    return statements
  }
}
