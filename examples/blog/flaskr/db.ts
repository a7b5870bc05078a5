import { SQLAlchemy } from '@flask-ts/flask-sqlalchemy'
import type { Flask } from 'flask-ts'

declare module 'flask-ts' {
  interface AppGlobals {
    user: User | null
  }
}

export const db = new SQLAlchemy()

export class User extends db.Model('user', {
  id: db.Column(db.Integer, { primaryKey: true }),
  username: db.Column(db.String(80), { unique: true, nullable: false }),
  password: db.Column(db.String(200), { nullable: false }),
  posts: db.relationship<Post[]>(() => Post, { backPopulates: 'author' }),
}) {}

export class Post extends db.Model('post', {
  id: db.Column(db.Integer, { primaryKey: true }),
  author_id: db.Column(db.Integer, db.ForeignKey('user.id'), { nullable: false }),
  created: db.Column(db.DateTime, { default: () => new Date(), nullable: false }),
  title: db.Column(db.String(200), { nullable: false }),
  body: db.Column(db.Text, { nullable: false }),
  author: db.relationship<User>(() => User, { backPopulates: 'posts' }),
}) {}

/** Registers what the database needs on an application. */
export function initApp(app: Flask): void {
  db.initApp(app)
  app.cli.command(
    'init-db',
    { help: 'Clear the existing data and create new tables.' },
    async function initDbCommand() {
      await db.dropAll()
      await db.createAll()
      console.log('Initialized the database.')
    },
  )
}
