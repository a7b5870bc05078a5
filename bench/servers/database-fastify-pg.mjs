import { Eta } from 'eta'
import Fastify from 'fastify'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })
const eta = new Eta({ views: new URL('../templates/eta', import.meta.url).pathname, cache: true })

const randomId = () => 1 + Math.floor(Math.random() * 10_000)
const text = 'SELECT id, random_number AS "randomNumber" FROM world WHERE id = $1'
const randomWorld = async () => (await pool.query({ name: 'world', text, values: [randomId()] })).rows[0]

const app = Fastify()
app.get('/db', randomWorld)
app.get('/queries', async () => {
  const worlds = []
  for (let i = 0; i < 20; i++) worlds.push(await randomWorld())
  return worlds
})
app.get('/fortunes', async (_request, reply) => {
  const { rows } = await pool.query({ name: 'fortunes', text: 'SELECT id, message FROM fortune' })
  rows.push({ id: 0, message: 'Additional fortune added at request time.' })
  rows.sort((a, b) => (a.message < b.message ? -1 : 1))
  reply.type('text/html; charset=utf-8')
  return eta.render('fortunes', { fortunes: rows })
})
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
