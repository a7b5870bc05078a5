// The text route for `gunicorn gunicorn-app:app`, and one that computes for about 100 microseconds.
import { Flask } from 'flask-ts'

export const app = new Flask(import.meta)
app.get('/', () => 'Hello, World!')
app.get('/compute', () => {
  let sum = 0
  for (let i = 0; i < 100_000; i++) sum = (sum + i * 31) % 1_000_003
  return String(sum)
})
