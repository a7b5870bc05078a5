import { inflateSync } from 'node:zlib'
import { Request } from '@flask-ts/werkzeug'
import type { FileStorage } from '@flask-ts/werkzeug/datastructures'
import { HTTPException } from '@flask-ts/werkzeug/exceptions'
import { makeEnviron } from '@flask-ts/werkzeug/testing'
import { type CorpusLine, compare, type Verdict } from '../case.ts'

interface PackedBody {
  readonly body_base64?: string
  readonly body_zlib_base64?: string
}

interface FormCase extends CorpusLine, PackedBody {
  readonly content_type: string
  readonly options?: {
    readonly max_content_length?: number
    readonly max_form_memory_size?: number | null
    readonly max_form_parts?: number | null
  }
  readonly expect: { readonly files?: readonly PackedBody[] }
}

function unpack(packed: PackedBody): Buffer {
  if (packed.body_zlib_base64 === undefined) return Buffer.from(packed.body_base64 ?? '', 'base64')
  return inflateSync(Buffer.from(packed.body_zlib_base64, 'base64'))
}

/** A file, or what is expected of it, with its body unpacked. */
function plainFile(file: PackedBody): unknown {
  const { body_base64: _, body_zlib_base64: __, ...rest } = file
  return { ...rest, body: unpack(file).toString('base64') }
}

function foundFile(name: string, file: FileStorage): unknown {
  return {
    name,
    filename: file.filename,
    content_type: file.contentType ?? null,
    headers: [...file.headers].map(([field, value]) => [field, value]),
    body: file.read().toString('base64'),
  }
}

function read(request: Request): unknown {
  try {
    const fields = [...request.form.items({ multi: true })]
    const files = [...request.files.items({ multi: true })].map(([name, file]) => foundFile(name, file))
    return { fields, files }
  } catch (error) {
    if (!(error instanceof HTTPException)) throw error
    return { error: error.constructor.name }
  } finally {
    request.close()
  }
}

/** Runs one line of a `werkzeug-formparser` corpus. */
export function runCase(line: CorpusLine): Verdict {
  const { content_type, options = {}, expect, ...packed } = line as FormCase
  const body = unpack(packed)
  const headers: [string, string][] = [
    ['Content-Type', content_type],
    ['Content-Length', String(body.length)],
  ]
  const request = new Request(makeEnviron({ method: 'POST', headers, body }))
  if (options.max_content_length !== undefined) request.maxContentLength = options.max_content_length
  if (options.max_form_memory_size !== undefined) request.maxFormMemorySize = options.max_form_memory_size
  if (options.max_form_parts !== undefined) request.maxFormParts = options.max_form_parts
  const expected = expect.files === undefined ? expect : { ...expect, files: expect.files.map(plainFile) }
  return compare(expected, read(request))
}
