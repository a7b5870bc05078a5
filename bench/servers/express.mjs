import express from 'express'

const app = express()
app.disable('x-powered-by')
app.disable('etag')
for (let i = 0; i < Number(process.env.HOOKS ?? 0); i++) {
  app.use((request, response, next) => {
    request.seen = i
    response.setHeader('x-hook', String(i))
    next()
  })
}
for (let i = 0; i < Number(process.env.RULES ?? 0); i++)
  app.get(`/route-${i}/:name/edit`, (_q, r) => r.send('x'))
app.get('/', (_request, response) => response.send('Hello, World!'))
app.get('/json', (_request, response) => response.json({ message: 'Hello, World!' }))
app.get('/user/:id', (request, response) => response.send(`user ${Number(request.params.id)}`))
app.post('/echo', express.json(), (request, response) => response.json(request.body))
app.listen(Number(process.env.PORT), '127.0.0.1')
