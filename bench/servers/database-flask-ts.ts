import { SQLAlchemy } from '@flask-ts/flask-sqlalchemy'
import { createServer } from '@flask-ts/wsgi/server'
import { Flask, renderTemplate } from 'flask-ts'

const app = new Flask(import.meta)
app.config.SQLALCHEMY_DATABASE_URI = process.env.DATABASE_URL!
app.config.SQLALCHEMY_ENGINE_OPTIONS = { poolSize: 10, maxOverflow: 0 }
const db = new SQLAlchemy(app)

class World extends db.Model('world', {
  id: db.Column(db.Integer, { primaryKey: true }),
  randomNumber: db.Column(db.Integer, { nullable: false }),
}) {}

class Fortune extends db.Model('fortune', {
  id: db.Column(db.Integer, { primaryKey: true }),
  message: db.Column(db.Text, { nullable: false }),
}) {}

const randomId = () => 1 + Math.floor(Math.random() * 10_000)

async function randomWorld() {
  const world = await db.session.get(World, randomId())
  return { id: world!.id, randomNumber: world!.randomNumber }
}

app.get('/db', randomWorld)

app.get('/queries', async () => {
  const worlds: object[] = []
  for (let i = 0; i < 20; i++) worlds.push(await randomWorld())
  return worlds
})

app.get('/fortunes', async () => {
  const stored = await Fortune.query.all()
  const fortunes: { id: number; message: string }[] = [
    ...stored,
    { id: 0, message: 'Additional fortune added at request time.' },
  ]
  fortunes.sort((a, b) => (a.message < b.message ? -1 : 1))
  return renderTemplate('fortunes.html', { fortunes })
})

await createServer(app.wsgiApp).listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
