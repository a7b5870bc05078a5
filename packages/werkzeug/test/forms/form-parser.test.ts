import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import {
  FormDataParser,
  FormParseError,
  type FormParserOptions,
  MultipartDecoder,
  type MultipartEvent,
  parseFormData,
} from '@flask-ts/werkzeug'
import { RequestEntityTooLarge } from '@flask-ts/werkzeug/exceptions'
import { createEnviron } from '@flask-ts/werkzeug/testing'

function part(name: string, value: string, filename?: string): string {
  const file = filename === undefined ? '' : `; filename="${filename}"`
  return `--B\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`
}

function parse(body: string, options?: FormParserOptions, contentType = 'multipart/form-data; boundary=B') {
  return parseFormData(createEnviron('/', { method: 'POST', data: body, contentType }), options)
}

test('fields and files come in their order', async () => {
  const { form, files } = await parse(`${part('a', '1')}${part('f', 'data', 'x.txt')}${part('a', '2')}--B--`)
  assert.deepEqual(form.getlist('a'), ['1', '2'])
  assert.equal(files.getItem('f').filename, 'x.txt')
  assert.equal(files.getItem('f').read().toString(), 'data')
})

test('a malformed body is an empty form, or an error where that is asked for', async () => {
  const body = part('a', '1')
  assert.equal((await parse(body)).form.size, 0)
  await assert.rejects(parse(body, { silent: false }), FormParseError)
  await assert.rejects(parse(body, { silent: false }, 'multipart/form-data'), /boundary/)
  await assert.rejects(
    parse('a=1', { silent: false, maxFormMemorySize: 2 }, 'application/x-www-form-urlencoded'),
    RequestEntityTooLarge,
  )
})

test('too many parts, too much text and too large a body are refused', async () => {
  const body = `${part('a', '1')}${part('b', '22')}--B--`
  await assert.rejects(parse(body, { maxFormParts: 1 }), RequestEntityTooLarge)
  await assert.rejects(parse(body, { maxContentLength: 10 }), RequestEntityTooLarge)
  await assert.rejects(parse(body, { maxFormMemorySize: 20 }), RequestEntityTooLarge)
  assert.equal((await parse(body, { maxFormParts: 2, maxContentLength: body.length })).form.get('b'), '22')
})

test('files that were begun are removed when the rest is refused', () => {
  const paths: string[] = []
  const parser = new FormDataParser({ maxFormParts: 1 })
  const body = Buffer.from(`${part('f', 'x'.repeat(600_000), 'big')}${part('a', '1')}--B--`)
  const content = {
    size: body.length,
    readAt: (position: number, length: number) => body.subarray(position, position + length),
    close: () => {},
  }
  const watched = new FormDataParser({
    maxFormParts: 1,
    streamFactory: (info) => {
      const target = parser.streamFactory(info)
      const write = target.write.bind(target)
      target.write = (piece) => {
        write(piece)
        if (target.path !== undefined && !paths.includes(target.path)) paths.push(target.path)
      }
      return target
    },
  })
  assert.throws(
    () => watched.parse(content, 'multipart/form-data', body.length, { boundary: 'B' }),
    RequestEntityTooLarge,
  )
  assert.equal(paths.length, 1)
  assert.equal(existsSync(paths[0]!), false)
})

function eventsOf(body: Buffer, pieceSize: number): string {
  const decoder = new MultipartDecoder('B')
  const found: string[] = []
  for (let at = 0; ; at += pieceSize) {
    const piece = at < body.length ? body.subarray(at, at + pieceSize) : undefined
    decoder.receiveData(piece)
    let event: MultipartEvent = decoder.nextEvent()
    for (; event.type !== 'needData' && event.type !== 'epilogue'; event = decoder.nextEvent()) {
      if (event.type === 'field' || event.type === 'file') found.push(`\n${event.name}:`)
      else if (event.type === 'data') found.push(Buffer.from(event.data).toString('latin1'))
    }
    if (piece === undefined) return found.join('')
  }
}

test('it does not matter where the network cuts the body', () => {
  const body = Buffer.from(
    `preamble\r\n${part('a', 'one\r\n--B-\r\ntwo\n--\r\n')}${part('e', '')}${part('f', '\r\n\r\r\n', 'x')}--B--\r\nepilogue`,
  )
  const whole = eventsOf(body, body.length)
  assert.equal(whole, '\na:one\r\n--B-\r\ntwo\n--\r\n\ne:\nf:\r\n\r\r\n')
  for (let size = 1; size < 40; size++) assert.equal(eventsOf(body, size), whole, `pieces of ${size}`)
})
