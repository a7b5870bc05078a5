import cors from 'cors'
import express from 'express'

const app = express()
app.disable('x-powered-by')
app.disable('etag')
app.use('/api', cors({ origin: ['https://app.example.com', 'https://example.com'], credentials: true }))
for (const method of ['get', 'put'])
  app[method]('/api/data', (_request, response) => response.json({ message: 'Hello, World!' }))
app.listen(Number(process.env.PORT), '127.0.0.1')
