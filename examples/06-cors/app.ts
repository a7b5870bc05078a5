import { CORS } from '@flask-ts/flask-cors'
import { Flask } from 'flask-ts'

export const app = new Flask(import.meta)
new CORS(app) // all origins, all routes

app.get('/data', () => ({ message: 'any page may read this' }))

if (import.meta.main) app.run({ port: Number(process.env.PORT ?? 5000) })
