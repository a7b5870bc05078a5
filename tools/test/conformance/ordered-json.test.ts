import assert from 'node:assert/strict'
import { it } from 'node:test'
import { parseOrdered } from '../../../conformance/ordered-json.ts'

it('an object with keys like indexes becomes a map in the order of the text', () => {
  const read = parseOrdered('{"a": [{"b": 1, "10" : {"x": "\\"7\\":"}, "2": 0}]}') as { a: unknown[] }
  assert.deepEqual(
    [...(read.a[0] as Map<string, unknown>)],
    [
      ['b', 1],
      ['10', { x: '"7":' }],
      ['2', 0],
    ],
  )
})

it('all else is read as by JSON.parse', () => {
  const text = '{"a": "10", "b": ["10", "\\\\"], "007": null, "-1": 1.5, "__proto__": {"c": true}}'
  assert.deepEqual(parseOrdered(text), JSON.parse(text))
})
