import { SQLAlchemy } from '@flask-ts/flask-sqlalchemy'

export const db = new SQLAlchemy()

export class User extends db.Model('user', {
  id: db.Column(db.Integer, { primaryKey: true }),
  name: db.Column(db.String(80), { unique: true, nullable: false }),
  password: db.Column(db.String(200), { nullable: false }),
}) {}
