import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  AnyConverter,
  BaseConverter,
  type ConverterHost,
  type ConverterOptions,
  FloatConverter,
  IntegerConverter,
  Rule,
  UrlMap,
  ValidationError,
} from '@flask-ts/werkzeug/routing'

class ListConverter extends BaseConverter {
  override toPython(value: string): string[] {
    return value.split('+')
  }

  override toUrl(value: unknown): string {
    return (value as string[]).map((item) => super.toUrl(item)).join('+')
  }
}

class RegexConverter extends BaseConverter {
  constructor(map: ConverterHost, args: readonly unknown[], kwargs: ConverterOptions) {
    super(map, args, kwargs)
    this.regex = String(args[0])
  }
}

class EvenConverter extends IntegerConverter {
  override toPython(value: string): unknown {
    const number = super.toPython(value) as number
    if (number % 2 !== 0) throw new ValidationError()
    return number
  }

  override toUrl(value: unknown): string {
    if ((value as number) % 2 !== 0) throw new ValidationError()
    return super.toUrl(value)
  }
}

class TwoPartConverter extends BaseConverter {
  static override readonly regex = '[^/]+/[^/]+'
}

const host: ConverterHost = { converters: {} }

describe('converters of the application', () => {
  const map = new UrlMap(
    [
      new Rule('/tags/<list:tags>', { endpoint: 'tags' }),
      new Rule('/code/<regex("[a-z]{2}\\d"):code>', { endpoint: 'code' }),
      new Rule('/group/<regex("(a|b)c"):one>-<regex("(x|y)+"):two>', { endpoint: 'group' }),
      new Rule('/even/<even:n>', { endpoint: 'even' }),
      new Rule('/even/odd', { endpoint: 'even' }),
      new Rule('/two/<two:both>/end', { endpoint: 'two' }),
    ],
    {
      converters: { list: ListConverter, regex: RegexConverter, even: EvenConverter, two: TwoPartConverter },
    },
  )
  const adapter = map.bind('example.com')

  test('change the text into a value and back', () => {
    assert.deepEqual(adapter.match('/tags/a+b'), ['tags', { tags: ['a', 'b'] }])
    assert.equal(adapter.build('tags', { tags: ['a', 'b c'] }), '/tags/a+b%20c')
  })

  test('take their arguments from the rule', () => {
    assert.deepEqual(adapter.match('/code/ab1'), ['code', { code: 'ab1' }])
    assert.equal(adapter.test('/code/abc'), false)
  })

  test('may capture groups of their own', () => {
    assert.deepEqual(adapter.match('/group/bc-xyx'), ['group', { one: 'bc', two: 'xyx' }])
  })

  test('end a match as not found, and a build with the next rule, by a ValidationError', () => {
    assert.deepEqual(adapter.match('/even/4'), ['even', { n: 4 }])
    assert.equal(adapter.lookup('/even/3').kind, 'notFound')
    assert.equal(adapter.build('even', { n: 4 }), '/even/4')
    assert.equal(adapter.build('even', { n: 3 }), '/even/odd?n=3')
  })

  test('see slashes if their pattern names one', () => {
    assert.deepEqual(adapter.match('/two/a/b/end'), ['two', { both: 'a/b' }])
    assert.equal(adapter.test('/two/a/end'), false)
  })

  test('may match another path of the same map while they convert', () => {
    class Nested extends BaseConverter {
      override toPython(value: string): unknown {
        return value === 'deep' ? value : nested.match(`/n/deep/${value}`)[1].b
      }
    }
    const nested: ReturnType<UrlMap['bind']> = new UrlMap(
      [new Rule('/n/<nested:a>/<b>', { endpoint: 'n' })],
      {
        converters: { nested: Nested },
      },
    ).bind('example.com')
    assert.deepEqual(nested.match('/n/x/y'), ['n', { a: 'x', b: 'y' }])
  })
})

describe('numbers', () => {
  test('come in the digits of every script', () => {
    const adapter = new UrlMap([
      new Rule('/<int:n>', { endpoint: 'n' }),
      new Rule('/f/<float:n>', { endpoint: 'f' }),
    ]).bind('x')
    assert.deepEqual(adapter.match('/٤٢'), ['n', { n: 42 }])
    assert.deepEqual(adapter.match('/𝟘𝟡'), ['n', { n: 9 }])
    assert.deepEqual(adapter.match('/f/١.٥'), ['f', { n: 1.5 }])
    assert.equal(adapter.test('/4½'), false)
  })

  test('are padded to their fixed digits, the sign included', () => {
    const converter = new IntegerConverter(host, [], { fixed_digits: 4, signed: true })
    assert.equal(converter.toUrl(7), '0007')
    assert.equal(converter.toUrl(-7), '-007')
    assert.equal(converter.toUrl(12345), '12345')
    assert.throws(() => converter.toPython('007'), ValidationError)
  })

  test('are truncated, or refused if they are none', () => {
    const converter = new IntegerConverter(host)
    assert.equal(converter.toUrl(2.9), '2')
    assert.equal(converter.toUrl(' 1_000 '), '1000')
    assert.equal(converter.toUrl(12345678901234567890n), '12345678901234567890')
    assert.throws(() => converter.toUrl('2.9'), /'2\.9' can't be turned into an integer/)
    assert.throws(() => converter.toUrl([1]), TypeError)
  })

  test('have at most six decimals and no exponent', () => {
    const converter = new FloatConverter(host)
    assert.equal(converter.toUrl(2), '2.')
    assert.equal(converter.toUrl(1e-7), '0.')
    assert.equal(converter.toUrl(0.0078125), '0.007812')
    assert.equal(converter.toUrl(0.0234375), '0.023438')
    assert.equal(converter.toUrl(1e22), '10000000000000000000000.')
    assert.equal(converter.toUrl('-1.50'), '-1.5')
  })

  test('know their arguments in snake_case and camelCase', () => {
    assert.equal(new IntegerConverter(host, [], { fixedDigits: 3 }).toUrl(1), '001')
    assert.throws(() => new IntegerConverter(host, [], { digits: 3 }), /no argument 'digits'/)
    assert.throws(() => new IntegerConverter(host, [1], { fixed_digits: 3 }), /twice/)
    assert.throws(() => new FloatConverter(host, [1, 2, true, 4]), /at most 3/)
  })
})

test('any refuses a word that it does not list, naming those it does', () => {
  const converter = new AnyConverter(host, ['b', 'a'])
  assert.equal(converter.toUrl('a'), 'a')
  assert.throws(() => converter.toUrl('c'), /'c' is not one of 'a', 'b'/)
  assert.throws(() => new AnyConverter(host, [1]), /takes words, not 1/)
})
