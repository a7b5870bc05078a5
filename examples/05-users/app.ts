import { SQLAlchemy } from '@flask-ts/flask-sqlalchemy'
import { Flask, jsonify } from 'flask-ts'

export const app = new Flask(import.meta)
app.config.SQLALCHEMY_DATABASE_URI = 'sqlite:///test.db'
const db = new SQLAlchemy(app)

class User extends db.Model('user', {
  id: db.Column(db.Integer, { primaryKey: true }),
  username: db.Column(db.String(80), { unique: true, nullable: false }),
}) {}

app.route('/users', async function getUsers() {
  const users = await User.query.all()
  return jsonify(users.map((user) => user.username))
})

await app.withAppContext(async () => {
  await db.createAll()
  if (await User.query.first()) return
  db.session.addAll(['ada', 'grace'].map((username) => new User({ username })))
  await db.session.commit()
})

if (import.meta.main) app.run({ port: Number(process.env.PORT ?? 5000) })
