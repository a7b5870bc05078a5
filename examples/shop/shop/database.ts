import { join } from 'node:path'
import { Migrate } from '@flask-ts/flask-migrate'
import { SQLAlchemy } from '@flask-ts/flask-sqlalchemy'
import { MetaData } from '@flask-ts/sqlalchemy'

/** Bound to an application by `db.initApp(app)`: so the models need none, and tests can have as many as they like. */
export const db = new SQLAlchemy(null, {
  // Constraints with names can be changed and dropped by a later migration.
  metadata: new MetaData({
    namingConvention: {
      ix: 'ix_%(column_0_label)s',
      uq: 'uq_%(table_name)s_%(column_0_name)s',
      ck: 'ck_%(table_name)s_%(constraint_name)s',
      fk: 'fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s',
      pk: 'pk_%(table_name)s',
    },
  }),
})

/** The commands `flask db ...`: `flask --app shop db migrate -m 'Add colours'` after a change of the models. */
export const migrations = new Migrate(null, db, { directory: join(import.meta.dirname, '../migrations') })
