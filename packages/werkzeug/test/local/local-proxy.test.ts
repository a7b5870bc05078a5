import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { boundOrThrow, currentObject, isLocalProxy, localProxy, UnboundError } from '../../src/local.ts'

class Account {
  #balance = 1
  owner = 'ann'
  get balance(): number {
    return this.#balance
  }
  add(amount: number): number {
    this.#balance += amount
    return this.#balance
  }
  *[Symbol.iterator](): Generator<string> {
    yield this.owner
  }
}

let account: Account | undefined
const current = boundOrThrow(() => account, 'no account here')
const kinds = [
  ['plain', localProxy(current)],
  ['prototype', localProxy(current, { prototype: Account.prototype })],
] as const

for (const [kind, proxy] of kinds) {
  test(`the ${kind} proxy stands for the current object`, () => {
    account = new Account()
    assert.equal(proxy.balance, 1)
    assert.equal(proxy.add(2), 3)
    proxy.owner = 'bob'
    assert.equal(account.owner, 'bob')
    assert.deepEqual([...proxy], ['bob'])
    assert.ok(proxy instanceof Account)
    assert.ok('owner' in proxy)
    assert.equal(proxy.constructor, Account)
    account = new Account()
    assert.equal(proxy.balance, 1)
  })

  test(`a method read from the ${kind} proxy keeps its object`, () => {
    account = new Account()
    const { add } = proxy
    assert.equal(add(1), 2)
    assert.equal(proxy.add, proxy.add)
  })

  test(`a method that was replaced on the object is the one that the ${kind} proxy calls`, () => {
    account = new Account()
    proxy.add = () => 42
    assert.equal(proxy.add(1), 42)
  })

  test(`the ${kind} proxy fails outside of a context, and can still be printed`, () => {
    account = undefined
    assert.throws(
      () => proxy.balance,
      (error: Error) => error instanceof UnboundError && error.message === 'no account here',
    )
    assert.match(inspect(proxy), /unbound/)
    account = new Account()
    assert.equal(inspect(proxy), inspect(account))
  })

  test(`the object behind the ${kind} proxy can be had`, () => {
    account = new Account()
    assert.ok(isLocalProxy(proxy))
    assert.equal(currentObject(proxy), account)
    assert.equal(currentObject(account), account)
  })
}

test('properties can be listed and deleted through a proxy', () => {
  const bag: Record<string, unknown> = { a: 1 }
  const proxy = localProxy(() => bag)
  proxy.b = 2
  delete proxy.a
  assert.deepEqual(Object.keys(proxy), ['b'])
  assert.deepEqual({ ...proxy }, { b: 2 })
})

test('a function stored on the object is not bound', () => {
  const handler = (): number => 1
  const proxy = localProxy(() => ({ handler }))
  assert.equal(proxy.handler, handler)
})
