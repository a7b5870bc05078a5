import secureSession from '@fastify/secure-session'
import Fastify from 'fastify'

const app = Fastify()
await app.register(secureSession, { key: Buffer.alloc(32, 'k'), cookie: { path: '/', httpOnly: true } })
app.get('/', (request, reply) => {
  const visits = (request.session.get('visits') ?? 0) + 1
  request.session.set('visits', visits)
  request.session.set('user', 'ada')
  reply.type('text/html; charset=utf-8')
  return reply.send(`visit ${visits}`)
})
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
