/** What the types of models and queries accept and refuse; compiled, never run. */
import { SQLAlchemy } from '@flask-ts/flask-sqlalchemy'
import type { Flask } from 'flask-ts'

const db = new SQLAlchemy()

class User extends db.Model('user', {
  id: db.Column(db.Integer, { primaryKey: true }),
  username: db.Column(db.String(80), { nullable: false }),
  nickname: db.Column(db.String(80)),
}) {}

export async function accepted(): Promise<void> {
  const user = await User.query.getOr404(1)
  const username: string = user.username
  const nickname: string | null = user.nickname
  const page = await User.query.orderBy(User.username).paginate({ perPage: 5 })
  const names: string[] = page.items.map((item) => item.username)
  const paged = await db.paginate(db.select(User))
  const ids: number[] = paged.items.map((item) => item.id)
  const total = await db.session.scalar(db.select(db.func.count()))
  const first: User = await db.firstOr404(db.select(User))
  void [username, nickname, names, ids, total, first]
}

export async function refused(): Promise<void> {
  // @ts-expect-error username is missing
  new User({})
  // @ts-expect-error there is no such column
  User.query.filterBy({ nope: 1 })
  // @ts-expect-error a nickname may be null
  const nickname: string = (await User.query.getOr404(1)).nickname
  // @ts-expect-error pages are numbers
  await User.query.paginate({ page: '2' })
  void nickname
}

export function configured(app: Flask): void {
  app.config.SQLALCHEMY_DATABASE_URI = 'sqlite:///:memory:'
  app.config.SQLALCHEMY_BINDS = { users: { url: 'sqlite:///users.db', echo: true } }
  // @ts-expect-error a URL is text
  app.config.SQLALCHEMY_DATABASE_URI = 12
  const other: unknown = app.config.ANYTHING_ELSE
  void other
}
