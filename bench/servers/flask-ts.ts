import { Flask, g, request } from 'flask-ts'

const app = new Flask(import.meta)
for (let i = 0; i < Number(process.env.HOOKS ?? 0); i++) {
  app.beforeRequest(() => {
    ;(g as Record<string, unknown>).seen = i
  })
  app.afterRequest((response) => {
    response.headers.set('X-Hook', String(i))
    return response
  })
}
for (let i = 0; i < Number(process.env.RULES ?? 0); i++) app.get(`/route-${i}/<name>/edit`, () => 'x')
app.get('/', () => 'Hello, World!')
app.get('/json', () => ({ message: 'Hello, World!' }))
app.get('/user/<int:id>', ({ id }) => `user ${id}`)
app.post('/echo', () => request.json)

const { createServer } = await import('@flask-ts/wsgi/server')
await createServer(app.wsgiApp).listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
