import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Environ, WsgiResponse } from '@flask-ts/wsgi'
import { Local, LocalManager, LocalStack, UnboundError } from '../../src/local.ts'

test('each context sees its own values, also after waiting', async () => {
  const local = new Local<{ user: { name: string } }>()
  const user = local.proxy('user')
  const visit = (name: string): Promise<string> =>
    local.run(async () => {
      local.set('user', { name })
      await new Promise((resolve) => setTimeout(resolve, 1))
      return user.name
    })
  assert.deepEqual(await Promise.all([visit('ann'), visit('bob')]), ['ann', 'bob'])
})

test('values can be removed', () => {
  const local = new Local<{ a: number; b: number }>()
  local.run(() => {
    local.set('a', 1)
    local.set('b', 2)
    assert.ok(local.delete('a'))
    assert.ok(!local.delete('a'))
    assert.deepEqual([...local], [['b', 2]])
    local.release()
    assert.equal(local.get('b'), undefined)
  })
})

test('a stack stands for its uppermost item', () => {
  const stack = new LocalStack<{ id: number }>()
  const top = stack.proxy()
  stack.run(() => {
    assert.throws(() => top.id, UnboundError)
    stack.push({ id: 1 })
    stack.push({ id: 2 })
    assert.equal(top.id, 2)
    assert.deepEqual(stack.pop(), { id: 2 })
    assert.equal(top.id, 1)
    stack.release()
    assert.equal(stack.pop(), undefined)
  })
})

test('a manager gives each request locals of its own', async () => {
  const local = new Local<{ count: number }>()
  const manager = new LocalManager([local])
  const app = manager.makeMiddleware(async (): Promise<WsgiResponse> => {
    local.set('count', (local.get('count') ?? 0) + 1)
    await Promise.resolve()
    return { status: 200, headers: [], body: String(local.get('count')) }
  })
  const environ = {} as Environ
  assert.equal((await app(environ)).body, '1')
  assert.equal((await app(environ)).body, '1')
})
