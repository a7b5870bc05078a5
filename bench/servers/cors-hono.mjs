import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { cors } from 'hono/cors'

const app = new Hono()
app.use('/api/*', cors({ origin: ['https://app.example.com', 'https://example.com'], credentials: true }))
app.on(['GET', 'PUT'], '/api/data', (c) => c.json({ message: 'Hello, World!' }))
serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' })
