import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ImmutableSandboxedEnvironment, SandboxedEnvironment } from '../../src/sandbox/environment.ts'
import { allowAttributes } from '../../src/sandbox/policy.ts'

const sandbox = new SandboxedEnvironment({ extensions: ['do'] })
const render = (source: string, context: Record<string, unknown> = {}): string =>
  sandbox.fromString(source).render(context) as string

test('ordinary templates work in a sandbox', () => {
  class Page {
    title = 'home'
  }
  const context = { page: new Page(), rows: [{ name: 'b' }, { name: 'a' }], twice: (n: number) => n * 2 }
  assert.equal(
    render("{{ page.title|upper }} {{ rows|map(attribute='name')|sort|join(',') }}", context),
    'HOME a,b',
  )
  assert.equal(render("{{ twice(4) }} {{ '{0.title}-{1:>3}'.format(page, 7) }}", context), '8 home-  7')
  assert.equal(
    render("{{ 'ab' * 3 }} {{ [1] * 2 }} {{ 2 ** 10 }} {{ '%05.1f' % 2.25 }}"),
    'ababab [1, 1] 1024 002.2',
  )
  assert.equal(render('{% for i in range(3) %}{{ loop.index }}{% endfor %}'), '123')
  assert.equal(render("{% set l = [1] %}{% do l.append(2) %}{{ l }}{{ 'x'.center(5) }}"), '[1, 2]  x  ')
})

test('sizes just below the limit pass', () => {
  assert.equal(render("{{ ('x' * 1000000)|length }}"), '1000000')
  assert.equal(render('{{ range(100000)|length }}'), '100000')
  assert.throws(() => render('{{ range(100001) }}'), { name: 'OverflowError' })
})

test('a program can let templates use methods and accessors', () => {
  class Account {
    #balance = 5

    get balance(): number {
      return this.#balance
    }

    describe(prefix: string): string {
      return `${prefix}${this.#balance}`
    }

    close(): void {
      this.#balance = 0
    }
  }
  allowAttributes(Account, ['balance', 'describe'])
  const account = new Account()
  assert.equal(render("{{ account.balance }} {{ account.describe('#') }}", { account }), '5 #5')
  assert.throws(() => render('{{ account.close() }}', { account }), { name: 'SecurityError' })
  assert.equal(account.balance, 5)
})

test('the immutable sandbox leaves lists, dicts and sets as they are', () => {
  const immutable = new ImmutableSandboxedEnvironment()
  const context = { list: [2, 1], dict: { a: 1 }, map: new Map([['a', 1]]), set: new Set([1]) }
  const changes = [
    'list.append(1)',
    'list.sort()',
    'list.clear()',
    'list.pop()',
    'dict.update(b=1)',
    'dict.clear()',
    "dict.setdefault('b', 1)",
    "map.pop('a')",
    'set.add(2)',
    'set.clear()',
  ]
  for (const change of changes) {
    assert.throws(
      () => immutable.fromString(`{{ ${change} }}`).render(context),
      { name: 'SecurityError' },
      change,
    )
  }
  assert.deepEqual(context, { list: [2, 1], dict: { a: 1 }, map: new Map([['a', 1]]), set: new Set([1]) })
  assert.equal(immutable.fromString('{{ list|sort }} {{ dict.get("a") }}').render(context), '[1, 2] 1')
})

test('a program can replace the policy', () => {
  class Strict extends SandboxedEnvironment {
    override isSafeAttribute(obj: unknown, name: string, value: unknown): boolean {
      return name !== 'upper' && super.isSafeAttribute(obj, name, value)
    }

    override isSafeCallable(value: unknown): boolean {
      return super.isSafeCallable(value) && (value as { name?: string }).name !== 'forbidden'
    }
  }
  const strict = new Strict()
  assert.throws(() => strict.fromString("{{ 'a'.upper() }}").render(), { name: 'SecurityError' })
  const forbidden = (): string => 'never'
  assert.throws(() => strict.fromString('{{ forbidden() }}').render({ forbidden }), { name: 'SecurityError' })
})
