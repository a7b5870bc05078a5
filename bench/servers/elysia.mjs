import { Elysia } from 'elysia'

const app = new Elysia()
for (let i = 0; i < Number(process.env.HOOKS ?? 0); i++) {
  app.onBeforeHandle(({ store }) => {
    store.seen = i
  })
  app.onAfterHandle(({ set }) => {
    set.headers['x-hook'] = String(i)
  })
}
for (let i = 0; i < Number(process.env.RULES ?? 0); i++) app.get(`/route-${i}/:name/edit`, () => 'x')
app.get('/', ({ set }) => {
  set.headers['content-type'] = 'text/html; charset=utf-8'
  return 'Hello, World!'
})
app.get('/json', () => ({ message: 'Hello, World!' }))
app.get('/user/:id', ({ params, set }) => {
  set.headers['content-type'] = 'text/html; charset=utf-8'
  return `user ${Number(params.id)}`
})
app.post('/echo', ({ body }) => body)
app.listen({ port: Number(process.env.PORT), hostname: '127.0.0.1' })
