import { createServer } from 'node:http'

const userPath = /^\/user\/(\d+)$/

function send(response, type, body) {
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) })
  response.end(body)
}

createServer((request, response) => {
  const { url } = request
  if (url === '/') return send(response, 'text/html; charset=utf-8', 'Hello, World!')
  if (url === '/json') return send(response, 'application/json', JSON.stringify({ message: 'Hello, World!' }))
  const user = userPath.exec(url)
  if (user) return send(response, 'text/html; charset=utf-8', `user ${Number(user[1])}`)
  if (url === '/echo') {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () =>
      send(response, 'application/json', JSON.stringify(JSON.parse(Buffer.concat(chunks)))),
    )
    return
  }
  response.writeHead(404).end()
}).listen(Number(process.env.PORT), '127.0.0.1')
