import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Authorization, MIMEAccept } from '@flask-ts/werkzeug/datastructures'
import {
  getCurrentUrl,
  parseCookie,
  parseDate,
  parseDictHeader,
  parseEtags,
  parseOptionsHeader,
  parseRangeHeader,
} from '@flask-ts/werkzeug/http'
import { secureFilename } from '@flask-ts/werkzeug/security'

const length = 60_000
const spaces = ' '.repeat(length)

/** Texts that make patterns go back and forth, each far longer than a server lets in. */
const texts = [
  `${spaces}x${spaces}y`,
  '"a,'.repeat(length / 3),
  'a;x="'.repeat(length / 5),
  '" '.repeat(length / 2),
  `${'='.repeat(length)}x`,
  `x${'.'.repeat(length)}a`,
  '\\'.repeat(length),
  `xn--${'a'.repeat(length)}`,
  '%C3'.repeat(length / 3),
]

const parsers: Readonly<Record<string, (text: string) => unknown>> = {
  parseCookie,
  parseDate,
  parseDictHeader,
  parseEtags,
  parseOptionsHeader,
  parseRangeHeader,
  secureFilename,
  accept: (text) => MIMEAccept.fromHeader(text).bestMatch(['text/html']),
  authorization: (text) => Authorization.fromHeader(`Digest ${text}`),
  host: (text) => getCurrentUrl('http', text.replaceAll(/[^a-z-]/g, 'b')),
}

for (const [name, parse] of Object.entries(parsers)) {
  test(`${name} takes long hostile text in its stride`, () => {
    const started = performance.now()
    for (const text of texts) parse(text)
    // Quadratic work would take many seconds.
    assert.ok(performance.now() - started < 2000)
  })
}
