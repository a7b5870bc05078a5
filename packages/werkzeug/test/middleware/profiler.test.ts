import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ProfilerMiddleware } from '@flask-ts/werkzeug/middleware'
import { Client } from '@flask-ts/werkzeug/testing'

const folder = mkdtempSync(join(tmpdir(), 'profiler-'))
after(() => rmSync(folder, { recursive: true }))

function spendTime(): number {
  const end = performance.now() + 40
  let count = 0
  while (performance.now() < end) count++
  return count
}

test('each request is measured by function, in a table and in a file', async () => {
  let written = ''
  const app = ProfilerMiddleware(
    () => ({ status: 200, headers: [['X-Count', String(spendTime() > 0)]], body: ['a', 'b'] }),
    {
      stream: { write: (text: string) => (written += text) },
      sortBy: ['totalMs'],
      restrictions: [/spendTime/, 1],
      profileDir: folder,
      filenameFormat: '{method}.{path}.cpuprofile',
    },
  )
  const response = await new Client(app).get('/some/path')
  assert.equal(response.text, 'ab')
  assert.equal(response.headers.get('X-Count'), 'true')
  assert.match(written, /PATH: '\/some\/path'/)
  assert.match(written, /\n +\d+\.\d\d +\d+\.\d\d +\d+ {2}spendTime .*profiler\.test\.ts:\d+\n/)
  assert.deepEqual(readdirSync(folder), ['GET.some.path.cpuprofile'])
  assert.ok(Array.isArray(JSON.parse(readFileSync(join(folder, 'GET.some.path.cpuprofile'), 'utf8')).nodes))
})
