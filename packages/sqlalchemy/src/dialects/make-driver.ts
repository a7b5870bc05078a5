import { NoSuchModuleError } from '../errors/base-errors.ts'
import type { DatabaseUrl } from '../url/database-url.ts'
import type { Driver } from './driver.ts'
import { MysqlDriver } from './mysql-driver.ts'
import { PostgresqlDriver } from './postgresql-driver.ts'
import { SqliteDriver } from './sqlite-driver.ts'

/**
 * The driver for a URL. Python's driver names (`psycopg2`, `pymysql`, ...) are accepted and stand for ours.
 * @throws NoSuchModuleError for a database that is not known
 */
export function makeDriver(url: DatabaseUrl, connectArgs: Readonly<Record<string, unknown>>): Driver {
  switch (url.backendName) {
    case 'sqlite':
      return new SqliteDriver(url, connectArgs)
    case 'postgresql':
      return new PostgresqlDriver(url, connectArgs)
    case 'mysql':
    case 'mariadb':
      return new MysqlDriver(url, connectArgs)
    default:
      throw new NoSuchModuleError(
        `Can't load plugin: sqlalchemy.dialects:${url.drivername.replace('+', '.')}`,
      )
  }
}
