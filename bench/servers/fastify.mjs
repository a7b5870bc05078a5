import Fastify from 'fastify'

const app = Fastify()
for (let i = 0; i < Number(process.env.HOOKS ?? 0); i++) {
  app.addHook('onRequest', (request, _reply, done) => {
    request.seen = i
    done()
  })
  app.addHook('onSend', (_request, reply, payload, done) => {
    reply.header('x-hook', String(i))
    done(null, payload)
  })
}
for (let i = 0; i < Number(process.env.RULES ?? 0); i++) app.get(`/route-${i}/:name/edit`, () => 'x')
app.get('/', (_request, reply) => {
  reply.type('text/html; charset=utf-8')
  return reply.send('Hello, World!')
})
app.get('/json', (_request, reply) => reply.send({ message: 'Hello, World!' }))
app.get('/user/:id(^\\d+$)', (request, reply) => {
  reply.type('text/html; charset=utf-8')
  return reply.send(`user ${Number(request.params.id)}`)
})
app.post('/echo', (request, reply) => reply.send(request.body))
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
