// A file and a stream of ten megabytes each.
import { createReadStream, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'

const size = 10 * 1024 * 1024
const file = join(mkdtempSync(join(tmpdir(), 'bench-')), 'ten-megabytes.bin')
writeFileSync(file, Buffer.alloc(size, 'x'))
const piece = Buffer.alloc(64 * 1024, 'x')

async function* pieces() {
  for (let i = 0; i < 160; i++) yield piece
}

createServer((request, response) => {
  if (request.url === '/file') {
    response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': size })
    createReadStream(file).pipe(response)
  } else {
    response.writeHead(200, { 'Content-Type': 'application/octet-stream' })
    Readable.from(pieces()).pipe(response)
  }
}).listen(Number(process.env.PORT), '127.0.0.1')
