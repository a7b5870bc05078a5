import { eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { Eta } from 'eta'
import Fastify from 'fastify'
import pg from 'pg'

const world = pgTable('world', {
  id: integer('id').primaryKey(),
  randomNumber: integer('random_number').notNull(),
})
const fortune = pgTable('fortune', { id: integer('id').primaryKey(), message: text('message').notNull() })
const db = drizzle(new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 }))
const eta = new Eta({ views: new URL('../templates/eta', import.meta.url).pathname, cache: true })

const randomId = () => 1 + Math.floor(Math.random() * 10_000)
const randomWorld = async () => (await db.select().from(world).where(eq(world.id, randomId())))[0]

const app = Fastify()
app.get('/db', randomWorld)
app.get('/queries', async () => {
  const worlds = []
  for (let i = 0; i < 20; i++) worlds.push(await randomWorld())
  return worlds
})
app.get('/fortunes', async (_request, reply) => {
  const fortunes = await db.select().from(fortune)
  fortunes.push({ id: 0, message: 'Additional fortune added at request time.' })
  fortunes.sort((a, b) => (a.message < b.message ? -1 : 1))
  reply.type('text/html; charset=utf-8')
  return eta.render('fortunes', { fortunes })
})
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
