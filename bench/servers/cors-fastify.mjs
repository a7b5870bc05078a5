import cors from '@fastify/cors'
import Fastify from 'fastify'

const app = Fastify()
await app.register(cors, {
  origin: ['https://app.example.com', 'https://example.com'],
  credentials: true,
  methods: ['GET', 'PUT'],
})
app.route({
  method: ['GET', 'PUT'],
  url: '/api/data',
  handler: (_request, reply) => reply.send({ message: 'Hello, World!' }),
})
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
