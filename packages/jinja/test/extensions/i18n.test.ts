import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  Environment,
  extractFromTree,
  extractMessages,
  installGettextTranslations,
  installNullTranslations,
  uninstallGettextTranslations,
} from '@flask-ts/jinja'

const german: Readonly<Record<string, string>> = { 'Hello %(name)s!': 'Hallo %(name)s!', watch: 'Uhr' }
const translations = {
  gettext: (message: string) => german[message] ?? message,
  ngettext: (one: string, many: string, n: number) => (n === 1 ? one : many),
}

function environment(newstyle: boolean, autoescape = false): Environment {
  const result = new Environment({ extensions: ['i18n'], autoescape })
  installGettextTranslations(result, translations, newstyle)
  return result
}

for (const newstyle of [false, true]) {
  test(`trans blocks are translated in the ${newstyle ? 'new' : 'old'} style`, () => {
    const source =
      '{% trans name=user %}Hello {{ name }}!{% endtrans %} {{ _("watch") }} ' +
      '{% trans n=count %}one{% pluralize %}{{ n }} many{% endtrans %} {% trans %}100%{% endtrans %}'
    const output = environment(newstyle, true).fromString(source).render({ user: '<x>', count: 2 })
    assert.equal(output, 'Hallo &lt;x&gt;! Uhr 2 many 100%')
  })
}

test('new style functions substitute their named arguments', () => {
  const template = environment(true).fromString('{{ gettext("Hello %(name)s!", name="you") }}')
  assert.equal(template.render(), 'Hallo you!')
})

test('a call that decides on the plural is made once', () => {
  let calls = 0
  const count = (): number => ++calls
  const source = '{% trans n=count() %}one{% pluralize %}{{ n }} many{% endtrans %}'
  assert.equal(environment(false).fromString(source).render({ count }), 'one')
  assert.equal(calls, 1)
})

test('functions can be replaced and taken away', () => {
  const result = environment(false)
  installNullTranslations(result)
  assert.equal(result.fromString('{{ _("watch") }}').render(), 'watch')
  uninstallGettextTranslations(result)
  assert.throws(() => result.fromString('{{ _("watch") }}').render(), { name: 'UndefinedError' })
})

const faults: readonly (readonly [source: string, description: string])[] = [
  [
    '{% trans %}{% if a %}{% endtrans %}',
    'control structures in translatable sections are not allowed; saw `if`',
  ],
  ['{% trans %}{% trans %}', "trans blocks can't be nested; did you mean `endtrans`?"],
  ['{% trans %}x', 'unclosed translation block'],
  ['{% trans a=1, a=2 %}{% endtrans %}', "translatable variable 'a' defined twice."],
  ['{% trans %}a{% pluralize %}b{% endtrans %}', 'pluralize without variables'],
  ['{% trans a %}{% pluralize b %}{% endtrans %}', "unknown variable 'b' for pluralization"],
]

for (const [source, description] of faults) {
  test(`${source} fails: ${description}`, () => {
    assert.throws(() => environment(false).parse(source), { description })
  })
}

test('messages are extracted as Babel wants them', () => {
  const tree = environment(false).parse('{{ (_("foo"), _(), ngettext("foo", "bar", 42)) }}')
  assert.deepEqual(
    extractFromTree(tree).map(({ function: fn, message }) => [fn, message]),
    [
      ['_', 'foo'],
      ['_', []],
      ['ngettext', ['foo', 'bar', null]],
    ],
  )
  assert.deepEqual(
    extractFromTree(tree, undefined, false).map(({ message }) => message),
    [['foo'], ['foo', 'bar']],
  )
})

test('extraction finds the lines of trans blocks and the comments before them', () => {
  const source =
    '{# L10N: greeting #}\n{% trans trimmed %}\n  Hello\n  you\n{% endtrans %}\n{# other #}{{ _("x") }}'
  const found = extractMessages(source, { commentTags: ['L10N:'] })
  assert.deepEqual(found, [
    { lineno: 2, function: 'gettext', message: 'Hello you', comments: ['greeting'] },
    { lineno: 6, function: '_', message: 'x', comments: [] },
  ])
})
