// A file and a stream of ten megabytes each.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from '@flask-ts/wsgi/server'
import { Flask, sendFile } from 'flask-ts'

const file = join(mkdtempSync(join(tmpdir(), 'bench-')), 'ten-megabytes.bin')
writeFileSync(file, Buffer.alloc(10 * 1024 * 1024, 'x'))
const piece = Buffer.alloc(64 * 1024, 'x')

const app = new Flask(import.meta)
app.get('/file', () => sendFile(file))
app.get('/stream', async function* stream() {
  for (let i = 0; i < 160; i++) yield piece
})

await createServer(app.wsgiApp).listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
