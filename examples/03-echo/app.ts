import { HTTPException } from '@flask-ts/werkzeug/exceptions'
import { Flask, request } from 'flask-ts'

export const app = new Flask(import.meta)

app.route('/echo', { methods: ['POST'] }, function echo() {
  const data = request.json
  return data
})

app.errorHandler(HTTPException, (e) => {
  const response = e.getResponse()
  response.data = String(e)
  response.contentType = 'text/plain'
  return response
})

if (import.meta.main) app.run({ port: Number(process.env.PORT ?? 5000) })
