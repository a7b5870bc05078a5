import assert from 'node:assert/strict'
import { it } from 'node:test'
import { Environment } from '@flask-ts/jinja'

const environment = new Environment()

it('keys like indexes keep their place in dicts of templates and in maps', () => {
  const source = "{% set d = {'b': 1, '10': 2, '2': 3} %}{{ d }} {{ d.items()|list }} {{ d|list }} {{ m }}"
  const given = new Map([
    ['z', 1],
    ['5', 2],
  ])
  assert.equal(
    environment.fromString(source).render({ m: given }),
    "{'b': 1, '10': 2, '2': 3} [('b', 1), ('10', 2), ('2', 3)] ['b', '10', '2'] {'z': 1, '5': 2}",
  )
})

it('sorted dicts have keys like indexes in the order of texts', () => {
  const source = "{{ {'b': 1, '10': 2, '2': 3}|dictsort }} {{ {'b': 1, '10': 2, '2': 3}|tojson }}"
  assert.equal(
    environment.fromString(source).render(),
    '[(\'10\', 2), (\'2\', 3), (\'b\', 1)] {"10": 2, "2": 3, "b": 1}',
  )
})
