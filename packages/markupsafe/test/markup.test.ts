import assert from 'node:assert/strict'
import { test } from 'node:test'
import { escape, escapeSilent, escapeText, Markup, softStr, unescapeText } from '../src/index.ts'

test('the five characters are escaped and clean text is not copied', () => {
  assert.equal(escapeText(`<a href="x">'&'</a>`), '&lt;a href=&#34;x&#34;&gt;&#39;&amp;&#39;&lt;/a&gt;')
  assert.equal(escapeText('clean'), 'clean')
  assert.equal(escapeText('é<'), 'é&lt;')
})

test('values that bring their HTML are left alone', () => {
  assert.equal(String(escape({ __html__: () => '<b>' })), '<b>')
  assert.equal(String(escape(new Markup('<i>'))), '<i>')
  assert.equal(String(escape(null)), 'null')
  assert.equal(String(escapeSilent(null)), '')
  assert.equal(String(escapeSilent('<')), '&lt;')
})

test('softStr keeps markup', () => {
  const markup = new Markup('<b>')
  assert.equal(softStr(markup), markup)
  assert.equal(softStr(12), '12')
})

test('adding, joining, replacing and padding escape the other side', () => {
  const markup = new Markup('<b>')
  assert.equal(String(markup.add('<')), '<b>&lt;')
  assert.equal(String(markup.radd('<')), '&lt;<b>')
  assert.equal(String(markup.join(['<', new Markup('>')])), '&lt;<b>>')
  assert.equal(String(markup.replace('b', '&')), '<&amp;>')
  assert.equal(String(new Markup('ab').replace('', '<')), '&lt;a&lt;b&lt;')
  assert.equal(String(new Markup('x').center(3, '*')), '*x*')
})

test('both ways of formatting escape the values', () => {
  assert.equal(String(new Markup('<b>%s</b> %05.2f').mod(['<', 2.5])), '<b>&lt;</b> 02.50')
  assert.equal(String(new Markup('%(a)s').mod({ a: '"' })), '&#34;')
  assert.equal(
    String(new Markup('<i>{} {1:>3} {name}</i>'.replace('{1:>3} ', '')).format('<', { name: '>' })),
    '<i>&lt; &gt;</i>',
  )
  assert.equal(String(new Markup('{}').format(new Markup('<b>'))), '<b>')
  assert.throws(() => new Markup('{:>9}').format(new Markup('<b>')))
})

test('a field of a format string reaches own properties only', () => {
  assert.throws(() => new Markup('{0.constructor}').format({}))
  assert.throws(() => new Markup('{0[__proto__]}').format({}))
})

test('cutting and changing case gives markup', () => {
  for (const result of [new Markup('aB').upper(), new Markup(' a ').strip(), new Markup('a b').split()[0]]) {
    assert.ok(result instanceof Markup)
  }
  assert.equal(String(new Markup('h😀llo').slice(1, 2)), '😀')
  assert.equal(new Markup('h😀').length, 2)
})

test('tags, comments and entities can be removed', () => {
  assert.equal(new Markup('<p>a &amp;\n <!-- <x> --> b</p>').striptags(), 'a & b')
  assert.equal(new Markup('<<b>b>x').striptags(), 'b>x')
  assert.equal(unescapeText('&lt;&#x41;&#66;&eacute;&ampx&nosuch;&#x80;&#0;'), '<ABé&x&nosuch;€\ufffd')
})

test('JSON sees the text', () => {
  assert.equal(JSON.stringify({ a: new Markup('<b>') }), '{"a":"<b>"}')
})
