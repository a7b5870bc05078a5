import type { SQLAlchemy } from '@flask-ts/flask-sqlalchemy'
import { type ColumnSchema, func, type TableItem, text } from '@flask-ts/sqlalchemy'

type Columns = Record<string, ColumnSchema>

/** How many changes `defineAt` knows. */
export const changes = 40

function users(db: SQLAlchemy, at: (step: number) => boolean): void {
  const columns: Columns = { id: db.Column(db.Integer, { primaryKey: true }) }
  columns.name = db.Column(at(5) ? db.String(120) : db.String(80), {
    nullable: !at(6),
    unique: at(7) && !at(35),
  })
  if (at(2)) columns.email = db.Column(db.String(120), { index: at(8), unique: at(9) })
  if (at(3))
    columns.active = db.Column(db.Boolean, {
      nullable: false,
      serverDefault: at(10) ? text('false') : text('true'),
    })
  if (at(4) && !at(22)) columns.bio = db.Column(db.Text)
  if (at(11)) columns.created = db.Column(db.DateTime, { serverDefault: func.now(), nullable: at(12) })
  if (at(13)) columns.score = db.Column(at(14) ? db.Float : db.Integer, { serverDefault: at(15) ? '5' : '0' })
  if (at(16)) columns.balance = db.Column(at(17) ? db.Numeric(12, 4) : db.Numeric(10, 2))
  if (at(18)) columns.kind = db.Column(db.Enum(['guest', 'member'], { name: 'user_kind' }))
  if (at(19)) columns.settings = db.Column(db.JSON)
  if (at(20)) columns.avatar = db.Column(db.LargeBinary)
  if (at(21)) columns.uid = db.Column(db.Uuid)
  if (at(31)) columns.big = db.Column(at(32) ? db.BigInteger : db.Integer)
  const items: TableItem[] = []
  if (at(23)) items.push(db.UniqueConstraint(['name', 'email'], { name: 'uq_user_name_email' }))
  if (at(24) && !at(34)) items.push(db.Index('ix_user_created_score', ['created', 'score']))
  db.Table('user', columns, { args: items })
}

function posts(db: SQLAlchemy, at: (step: number) => boolean): void {
  const columns: Columns = {
    id: db.Column(db.Integer, { primaryKey: true }),
    title: db.Column(db.String(100), { nullable: false, serverDefault: at(29) ? 'untitled' : undefined }),
  }
  const cascade = at(27) ? { ondelete: 'CASCADE' as const } : {}
  if (at(26) && !at(39))
    columns.user_id = db.Column(db.Integer, db.ForeignKey('user.id', cascade), { index: at(28) })
  if (at(30)) columns.published = db.Column(db.Date)
  if (at(36)) columns.parent_id = db.Column(db.Integer, db.ForeignKey('post.id'))
  if (at(37)) columns.slug = db.Column(db.String(60), { nullable: false, serverDefault: '' })
  db.Table('post', columns)
}

/** The tables after so many changes. */
export function defineAt(count: number): (db: SQLAlchemy) => void {
  const at = (step: number): boolean => count >= step
  return (db) => {
    if (at(1)) users(db, at)
    if (at(25)) posts(db, at)
    if (at(33) && !at(40)) {
      db.Table('post_tag', {
        post_id: db.Column(db.Integer, db.ForeignKey('post.id'), { primaryKey: true }),
        tag_id: db.Column(db.Integer, db.ForeignKey('tag.id'), { primaryKey: true }),
      })
    }
    if (at(33)) {
      db.Table('tag', {
        id: db.Column(db.Integer, { primaryKey: true }),
        label: db.Column(db.String(40), { unique: true, nullable: !at(38) }),
      })
    }
  }
}
