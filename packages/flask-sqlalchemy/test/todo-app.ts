import { SQLAlchemy, type SQLAlchemyOptions } from '@flask-ts/flask-sqlalchemy'
import { Flask } from 'flask-ts'

/** An application with one model in a database in memory. */
export function makeTodoApp(config: Record<string, unknown> = {}, options: SQLAlchemyOptions = {}) {
  const app = new Flask('todo')
  Object.assign(app.config, { SQLALCHEMY_DATABASE_URI: 'sqlite:///:memory:', TESTING: true, ...config })
  const db = new SQLAlchemy(app, options)
  class Todo extends db.Model('todo', {
    id: db.Column(db.Integer, { primaryKey: true }),
    title: db.Column(db.String(50), { nullable: false }),
    done: db.Column(db.Boolean, { nullable: false, default: false }),
  }) {}
  return { app, db, Todo }
}

/** The same with rows of these titles. */
export async function makeFilledApp(titles: readonly string[], config: Record<string, unknown> = {}) {
  const made = makeTodoApp(config)
  const { app, db, Todo } = made
  await app.withAppContext(async () => {
    await db.createAll()
    db.session.addAll(titles.map((title) => new Todo({ title })))
    await db.session.commit()
  })
  return made
}
