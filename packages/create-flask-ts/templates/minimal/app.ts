import { Flask } from 'flask-ts'

export const app = new Flask(import.meta)
app.config.fromPrefixedEnv()

app.get('/', function home() {
  return 'Hello, World!'
})

app.get('/users/<name>', ({ name }) => ({ name }))
