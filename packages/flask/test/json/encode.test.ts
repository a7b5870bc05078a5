import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Kwargs } from '@flask-ts/jinja'
import {
  currentApp,
  DefaultJSONProvider,
  Flask,
  JsonDepthError,
  JsonTypeError,
  json,
  jsonify,
  Markup,
  UUID,
} from 'flask-ts'

const app = new Flask('app')

test('text outside of ASCII, DEL and control characters are escaped as Python does', () => {
  assert.equal(app.json.dumps('é\u007f\n"\\ 😀'), '"\\u00e9\\u007f\\n\\"\\\\ \\ud83d\\ude00"')
})

test('keys are sorted by code point, and those of a Map by their kind', () => {
  assert.equal(app.json.dumps({ b: 1, '10': 2, '9': 3, B: 4 }), '{"10": 2, "9": 3, "B": 4, "b": 1}')
  assert.equal(
    app.json.dumps(
      new Map([
        [20, 'x'],
        [3, 'y'],
      ]),
    ),
    '{"3": "y", "20": "x"}',
  )
  assert.throws(
    () =>
      app.json.dumps(
        new Map<unknown, unknown>([
          [1, 'x'],
          ['a', 'y'],
        ]),
      ),
    JsonTypeError,
  )
})

test('numbers are written as Python writes floats', () => {
  assert.equal(
    app.json.dumps([1.5e-9, 1e300, 0.1, 5, Number.NaN, -Infinity]),
    '[1.5e-09, 1e+300, 0.1, 5, NaN, -Infinity]',
  )
})

test('dates, markup, UUIDs and toJSON have their forms; other objects are refused by name', () => {
  class Point {
    toJSON() {
      return { x: 1 }
    }
  }
  class Thing {}
  const id = new UUID('6ba7b810-9dad-11d1-80b4-00c04fd430c8')
  assert.equal(app.json.dumps(new Date(0)), '"Thu, 01 Jan 1970 00:00:00 GMT"')
  assert.equal(app.json.dumps([new Markup('<b>'), id, new Point()]), `["<b>", "${id}", {"x": 1}]`)
  assert.throws(() => app.json.dumps({ a: new Thing() }), {
    name: 'JsonTypeError',
    message: /type Thing is not JSON serializable/,
  })
  assert.throws(() => app.json.dumps(new Set([1])), /type Set/)
  assert.throws(() => app.json.dumps(Buffer.from('x')), /type Buffer/)
})

test('a value that contains itself is refused', () => {
  const list: unknown[] = []
  list.push(list)
  assert.throws(() => app.json.dumps(list), JsonDepthError)
})

test('properties that are undefined are left out, items become null', () => {
  assert.equal(app.json.dumps({ a: undefined, b: [undefined] }), '{"b": [null]}')
})

test('responses are compact, and indented in debug mode or if told so', async () => {
  await app.withAppContext(() => {
    assert.equal(jsonify({ b: [], a: {} }).text, '{"a":{},"b":[]}\n')
    currentApp.debug = true
    assert.equal(jsonify({ b: [1], a: {} }).text, '{\n  "a": {},\n  "b": [\n    1\n  ]\n}\n')
    currentApp.debug = false
  })
})

test('jsonify takes one value, several, or keyword arguments, but not both', async () => {
  await app.withAppContext(() => {
    assert.equal(jsonify().text, 'null\n')
    assert.equal(jsonify(1, 'a').text, '[1,"a"]\n')
    assert.equal(jsonify(new Kwargs({ a: 1 })).text, '{"a":1}\n')
    assert.throws(() => jsonify(1, new Kwargs({ a: 1 })), /1 arguments beside keyword arguments/)
  })
})

test('a provider of the application is used by jsonify, json.dumps and json.loads', async () => {
  class Money {
    readonly cents = 5
  }
  class MoneyProvider extends DefaultJSONProvider<never> {
    override default(value: unknown) {
      return value instanceof Money ? `${value.cents} ct` : super.default(value)
    }
  }
  class Shop extends Flask {
    override jsonProviderClass = MoneyProvider as never
  }
  const shop = new Shop('shop')
  await shop.withAppContext(() => {
    assert.equal(json.dumps(new Money()), '"5 ct"')
    assert.equal(jsonify(new Money()).text, '"5 ct"\n')
    assert.deepEqual(json.loads('{"a": 1}'), { a: 1 })
  })
})

test('without an application json still works, in the order of the keys', () => {
  assert.equal(json.dumps({ b: 1, a: new Date(0) }), '{"b": 1, "a": "Thu, 01 Jan 1970 00:00:00 GMT"}')
})

test('bytes are read as UTF-8, UTF-16 or UTF-32, and constants as Python writes them', () => {
  for (const encoding of ['utf8', 'utf16le'] as const) {
    assert.deepEqual(app.json.loads(Buffer.from('{"é": 1}', encoding)), { é: 1 })
  }
  assert.deepEqual(app.json.loads(Buffer.from([0, 0, 0, 0x5b, 0, 0, 0, 0x5d])), [])
  assert.deepEqual(app.json.loads('[NaN, "NaN", -Infinity]'), [Number.NaN, 'NaN', -Infinity])
  assert.throws(() => app.json.loads('{'), SyntaxError)
})
