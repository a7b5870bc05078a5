import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tuple } from '@flask-ts/jinja'
import { Markup } from '@flask-ts/markupsafe'
import { JSONTag, TaggedJSONSerializer, UUID } from 'flask-ts'

const serializer = new TaggedJSONSerializer()

test('every kind of value comes back as it was', () => {
  const value = {
    tuple: tuple(1, tuple('a')),
    bytes: Buffer.from([0, 255]),
    markup: new Markup('<b>'),
    uuid: new UUID('{12345678-1234-5678-1234-567812345678}'),
    date: new Date('2024-02-29T12:30:15Z'),
    list: [1, { ' t': [1] }],
    ' t': 'two keys, so no tag',
  }
  const back = serializer.loads(serializer.dumps(value))
  assert.deepEqual(back, value)
})

test('an object that looks like a tag is told apart', () => {
  assert.equal(serializer.dumps({ ' t': [1] }), '{" di":{" t__":[1]}}')
  assert.deepEqual(serializer.loads('{" di":{" t__":[1]}}'), { ' t': [1] })
})

test('keys are sorted by code point and nothing outside ASCII is written', () => {
  assert.equal(serializer.dumps({ b: 'ä', '10': 1, '9': 2, A: 3 }), '{"10":1,"9":2,"A":3,"b":"\\u00e4"}')
})

test('a tag of one’s own can come before another', () => {
  class Money {
    readonly cents: number
    constructor(cents: number) {
      this.cents = cents
    }
  }
  class TagMoney extends JSONTag {
    readonly key = ' money'
    check(value: unknown): boolean {
      return value instanceof Money
    }
    toJson(value: unknown): unknown {
      return (value as Money).cents
    }
    toPython(value: unknown): unknown {
      return new Money(value as number)
    }
  }
  const own = new TaggedJSONSerializer()
  own.register(TagMoney, { index: 0 })
  assert.throws(() => own.register(TagMoney), /already registered/)
  own.register(TagMoney, { force: true })
  assert.deepEqual(own.loads(own.dumps({ price: new Money(5) })), { price: new Money(5) })
})

test('what cannot be read back is an error', () => {
  assert.throws(() => serializer.loads('{" u":"no uuid"}'), /not a UUID/)
  assert.throws(() => serializer.loads('{" b":"A"}'), /whole bytes/)
  assert.equal(serializer.loads('{" d":"no date"}'), null)
})
