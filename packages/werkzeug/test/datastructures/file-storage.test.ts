import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { FileMultiDict, FileStorage } from '@flask-ts/werkzeug/datastructures'

const folder = mkdtempSync(join(tmpdir(), 'file-storage-'))
after(() => rmSync(folder, { recursive: true }))

test('it is read like a file', () => {
  const file = new FileStorage('hello world', { filename: 'a.txt' })
  assert.equal(file.read(5).toString(), 'hello')
  assert.equal(file.tell(), 5)
  assert.equal(file.read().toString(), ' world')
  assert.equal(file.read().length, 0)
  file.seek(6)
  assert.deepEqual([...file.chunks(3)].map(String), ['wor', 'ld'])
  assert.equal(file.size, 11)
})

test('types and lengths come from the headers of the part', () => {
  const file = new FileStorage(null, { contentType: 'Text/Plain; charset=UTF-8', contentLength: 5 })
  assert.equal(file.mimetype, 'text/plain')
  assert.deepEqual(file.mimetypeParams, { charset: 'UTF-8' })
  assert.equal(file.contentLength, 5)
})

test('it is saved to paths and into sinks', async () => {
  const path = join(folder, 'saved')
  new FileStorage('content').save(path)
  assert.equal(readFileSync(path, 'utf8'), 'content')
  await new FileStorage('other').saveAsync(path)
  assert.equal(readFileSync(path, 'utf8'), 'other')
  const pieces: string[] = []
  new FileStorage('abcd').save({ write: (piece) => pieces.push(Buffer.from(piece).toString()) }, 3)
  assert.deepEqual(pieces, ['abc', 'd'])
})

test('what lies on disk is copied from there', () => {
  const source = join(folder, 'spooled')
  new FileStorage('on disk').save(source)
  const target = join(folder, 'copy')
  const content = { size: 7, path: source, readAt: () => assert.fail('read through memory'), close() {} }
  new FileStorage(content).save(target)
  assert.equal(readFileSync(target, 'utf8'), 'on disk')
})

test('files can be added by path, and all closed at once', () => {
  const path = join(folder, 'upload.bin')
  new FileStorage('x').save(path)
  const files = new FileMultiDict()
  files.addFile('f', path)
  files.addFile('f', Buffer.from('y'), { filename: 'y.txt', contentType: 'text/plain' })
  const [first, second] = files.getlist('f')
  assert.equal(first?.filename, path)
  assert.equal(second?.contentType, 'text/plain')
  files.clear()
  assert.ok(first?.closed && second?.closed)
  assert.equal(files.size, 0)
})
