// Serve it with `gunicorn -w 4 app:app`.
import { Flask } from 'flask-ts'

export const app = new Flask(import.meta)

app.route('/', function home() {
  return 'Hello from a production server!'
})
