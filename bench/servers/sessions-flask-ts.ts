import { createServer } from '@flask-ts/wsgi/server'
import { Flask, session } from 'flask-ts'

const app = new Flask(import.meta)
app.secretKey = 'a secret of thirty-two characters'
app.get('/', () => {
  const visits = Number(session.visits ?? 0) + 1
  session.visits = visits
  session.user = 'ada'
  return `visit ${visits}`
})

await createServer(app.wsgiApp).listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
