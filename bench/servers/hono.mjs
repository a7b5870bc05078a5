import { serve } from '@hono/node-server'
import { Hono } from 'hono'

const app = new Hono()
for (let i = 0; i < Number(process.env.HOOKS ?? 0); i++) {
  app.use(async (c, next) => {
    c.set('seen', i)
    await next()
    c.header('x-hook', String(i))
  })
}
for (let i = 0; i < Number(process.env.RULES ?? 0); i++) app.get(`/route-${i}/:name/edit`, (c) => c.text('x'))
app.get('/', (c) => c.html('Hello, World!'))
app.get('/json', (c) => c.json({ message: 'Hello, World!' }))
app.get('/user/:id{[0-9]+}', (c) => c.html(`user ${Number(c.req.param('id'))}`))
app.post('/echo', async (c) => c.json(await c.req.json()))
serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' })
