/** JSON answers: kinds of values, order of keys, characters, layout. */
import { Kwargs } from '@flask-ts/jinja'
import { currentApp, Flask, json, jsonify, Markup, request, tuple, UUID } from 'flask-ts'

export const app = new Flask(import.meta, { rootPath: process.env.APP_ROOT })

/** As Python's `decimal.Decimal`: a number that is kept as its text. */
class Decimal {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toJSON() {
    return this.text
  }
}

class Point {
  readonly x: number
  readonly y: number

  constructor(x: number, y: number) {
    this.x = x
    this.y = y
  }

  toJSON() {
    return { x: this.x, y: this.y }
  }
}

class Page {
  __html__() {
    return '<p>page</p>'
  }
}

class Thing {}

class KeyError extends Error {}

app.route('/kinds', function kinds() {
  return jsonify({
    none: null,
    true: true,
    integer: -7,
    real: 2.5,
    tiny: 1.5e-9,
    text: 'tab\t"quote" \\ / \u0001 \u007f',
    nested: { list: [[], {}, [null]], tuple: tuple(1, 'two') },
    empty: '',
  })
})

app.route('/times', function times() {
  return jsonify({
    day: new Date(Date.UTC(2024, 1, 29)),
    naive: new Date(Date.UTC(2024, 1, 29, 13, 14, 15, 999)),
    aware: new Date('2024-02-29T13:14:15+02:00'),
    old: new Date(Date.UTC(1000, 0, 1)),
  })
})

app.route('/special', function special() {
  return jsonify({
    id: new UUID('6BA7B810-9DAD-11D1-80B4-00C04FD430C8'),
    price: new Decimal('12.30'),
    big: new Decimal('1E+3'),
    point: new Point(1, 2),
    markup: new Markup('<b>x</b>'),
    page: new Page(),
  })
})

app.route('/unknown', function unknown() {
  return jsonify({ what: new Thing() })
})

app.route('/unicode', function unicodeText() {
  return jsonify("Grüße, 世界 \u{1f600} \u2028</script>&'")
})

app.route('/args-one', function argsOne() {
  return jsonify([1, { b: 1, a: 2 }])
})

app.route('/args-many', function argsMany() {
  return jsonify(1, 'two', null)
})

app.route('/args-none', function argsNone() {
  return jsonify()
})

app.route('/args-both', function argsBoth() {
  return jsonify(1, new Kwargs({ a: 2 }))
})

app.route('/scalar/<kind>', function scalar({ kind }) {
  const values = new Map<string, unknown>(Object.entries({ null: null, true: true, text: 't', number: 5 }))
  if (!values.has(kind)) throw new KeyError(kind)
  return jsonify(values.get(kind))
})

app.route('/order', function order() {
  const data = { zebra: 1, apple: { y: 1, x: 2 }, Mango: 3, '10': 4, '9': 5, é: 6, _: 7 }
  return data
})

app.route('/keys', function keys() {
  return jsonify(
    new Map([
      [3, 'c'],
      [20, 'b'],
      [1, 'a'],
    ]),
  )
})

function withSettings(settings: Partial<typeof app.json>) {
  const provider = app.json
  const before = Object.fromEntries(
    Object.keys(settings).map((name) => [name, provider[name as keyof typeof provider]]),
  )
  Object.assign(provider, settings)
  try {
    return jsonify({ b: [1, { d: 'ü', c: null }], a: {}, e: [] })
  } finally {
    Object.assign(provider, before)
  }
}

app.route('/unsorted', function unsorted() {
  return withSettings({ sortKeys: false })
})

app.route('/not-ascii', function notAscii() {
  return withSettings({ ensureAscii: false })
})

app.route('/indented', function indented() {
  return withSettings({ compact: false })
})

app.route('/mimetype', function mimetype() {
  return withSettings({ mimetype: 'application/vnd.demo+json' })
})

app.route('/dumps', function dumps() {
  return tuple(json.dumps({ b: new Date(Date.UTC(2020, 0, 1)), a: 'ü' }), {
    'Content-Type': 'application/json',
  })
})

app.route('/loads', { methods: ['POST'] }, function loads() {
  const value = json.loads(request.getData())
  return tuple(currentApp.json.response(value), 200, { 'X-Kind': Array.isArray(value) ? 'list' : 'other' })
})

app.route('/echo', { methods: ['POST'] }, function echo() {
  return request.json
})
