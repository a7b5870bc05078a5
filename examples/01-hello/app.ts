import { Flask } from 'flask-ts'

export const app = new Flask(import.meta)

app.route('/', function home() {
  return 'Hello, Flask and WSGI!'
})

if (import.meta.main) app.run({ port: Number(process.env.PORT ?? 5000) })
