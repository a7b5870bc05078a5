import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BuildError, Rule, type RuleOptions, UrlMap } from '@flask-ts/werkzeug/routing'

function suggestionFor(
  endpoint: string,
  values: Record<string, unknown>,
  rules: readonly RuleOptions[],
): string {
  const map = new UrlMap(rules.map((options, at) => new Rule(`/${at}`, options)))
  try {
    map.bind('example.com').build(endpoint, values, { method: 'PUT' })
  } catch (error) {
    if (error instanceof BuildError) return error.suggested?.rule ?? 'none'
    throw error
  }
  throw new assert.AssertionError({ message: `${endpoint} was built` })
}

/** The ratios are those of Python's difflib. */
test('the likest endpoint is suggested', () => {
  // 0.25 against 0: the order of the letters counts.
  assert.equal(suggestionFor('diet', {}, [{ endpoint: 'xyz' }, { endpoint: 'tide' }]), '/1')
  // 0.875 against 0.75.
  assert.equal(suggestionFor('privative', {}, [{ endpoint: 'primate' }, { endpoint: 'private' }]), '/1')
})

test('fitting values and a fitting method decide between endpoints alike', () => {
  const plain = { endpoint: 'aab' }
  assert.equal(suggestionFor('aac', { n: 1 }, [plain, { endpoint: 'aad', defaults: { n: 1 } }]), '/1')
  assert.equal(suggestionFor('aac', {}, [plain, { endpoint: 'aad', methods: ['PUT'] }]), '/1')
  assert.equal(suggestionFor('aac', {}, [plain, { endpoint: 'aad' }]), '/0')
})

test('letters that fill a long name do not count', () => {
  const long = `x${'b'.repeat(200)}`
  assert.equal(suggestionFor(long, {}, [{ endpoint: 'b' }, { endpoint: 'yx' }]), '/1')
})

test('a map without rules suggests none', () => {
  assert.equal(suggestionFor('a', {}, []), 'none')
})
