import { CORS } from '@flask-ts/flask-cors'
import { createServer } from '@flask-ts/wsgi/server'
import { Flask } from 'flask-ts'

const app = new Flask(import.meta)
new CORS(app, {
  resources: {
    '/api/*': { origins: ['https://app.example.com', 'https://example.com'], supportsCredentials: true },
  },
})
app.route('/api/data', { methods: ['GET', 'PUT'] }, () => ({ message: 'Hello, World!' }))

await createServer(app.wsgiApp).listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
