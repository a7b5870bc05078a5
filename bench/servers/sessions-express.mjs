import cookieSession from 'cookie-session'
import express from 'express'

const app = express()
app.disable('x-powered-by')
app.disable('etag')
app.use(cookieSession({ name: 'session', keys: ['a secret of thirty-two characters'] }))
app.get('/', (request, response) => {
  const visits = (request.session.visits ?? 0) + 1
  request.session.visits = visits
  request.session.user = 'ada'
  response.send(`visit ${visits}`)
})
app.listen(Number(process.env.PORT), '127.0.0.1')
