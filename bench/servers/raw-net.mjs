// The limit: fixed bytes for every read that ends a request, without looking at it.
import { createServer } from 'node:net'

const text =
  'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 13\r\nDate: Mon, 23 Nov 2026 00:00:00 GMT\r\n\r\nHello, World!'
createServer({ noDelay: true }, (socket) => {
  socket.on('data', () => socket.write(text, 'latin1'))
  socket.on('error', () => {})
}).listen(Number(process.env.PORT), '127.0.0.1')
