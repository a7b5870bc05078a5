import assert from 'node:assert/strict'
import { test } from 'node:test'
import { highlightLines } from '../../src/debugger/highlight.ts'
import { html } from '../../src/debugger/html.ts'
import { instrumentModule } from '../../src/debugger/instrument.ts'
import { redactText } from '../../src/debugger/redact.ts'
import { scopeNames } from '../../src/debugger/scope-names.ts'
import { parseStack } from '../../src/debugger/stack-lines.ts'
import { placeOfSyntaxError } from '../../src/debugger/syntax-error-place.ts'

test('the names of a scope are those of its functions and blocks, nearest first', () => {
  const source = [
    "import os from 'node:os'",
    'export const top = 1',
    'export class Shop<T> {',
    '  sell(item: string, { price, ...others }: { price: number }, [first = 1]: number[]): void {',
    '    const total = price',
    '    for (const each of [1]) {',
    '      try { this.log(each) } catch (problem) { throw problem }',
    '    }',
    '    const later = (inner: number) => inner',
    '  }',
    '}',
  ].join('\n')
  assert.deepEqual(scopeNames(source, 7, 50).local, [
    'problem',
    'each',
    'item',
    'price',
    'others',
    'first',
    'total',
    'later',
  ])
  assert.deepEqual(scopeNames(source, 5, 5).local, ['item', 'price', 'others', 'first', 'total', 'later'])
  assert.deepEqual(scopeNames(source, 2, 0), { local: [], module: ['top', 'Shop'] })
  assert.deepEqual(scopeNames('const = broken', 1, 1), { local: [], module: [] })
})

test('secrets are hidden by their names', () => {
  assert.equal(
    redactText("{ SECRET_KEY: 'abc', user: 'ada', apiKey: \"k'1\", passwords: 3, 'x-auth-token': 'q' }"),
    "{ SECRET_KEY: '[redacted]', user: 'ada', apiKey: '[redacted]', passwords: '[redacted]', 'x-auth-token': '[redacted]' }",
  )
  assert.equal(redactText("Map(1) { 'password' => 'p' }"), "Map(1) { 'password' => '[redacted]' }")
})

test('the lines of a stack are read in all their forms', () => {
  const stack = [
    'Error: at (nothing)',
    '    at view (file:///tmp/a%20b/app.ts:3:7)',
    '    at async Shop.sell (/tmp/shop.ts:9:1)',
    '    at /tmp/x.ts:1:2',
    '    at new Thing (node:internal/thing:5:6)',
    "    at block 'main' (/tmp/t.html:4)",
    '    at Array.map (<anonymous>)',
    '    at async Promise.all (index 0)',
  ].join('\n')
  assert.deepEqual(
    parseStack(stack).map(({ functionName, file, line, column, isAsync }) => [
      functionName,
      file,
      line,
      column,
      isAsync,
    ]),
    [
      ['view', '/tmp/a b/app.ts', 3, 7, false],
      ['Shop.sell', '/tmp/shop.ts', 9, 1, true],
      ['<anonymous>', '/tmp/x.ts', 1, 2, false],
      ['new Thing', 'node:internal/thing', 5, 6, false],
      ["block 'main'", '/tmp/t.html', 4, 0, false],
    ],
  )
})

test('the place of a template that cannot be parsed is known', () => {
  const error = Object.assign(new Error('wrong'), { lineno: 4, filename: '/tmp/t.html' })
  assert.deepEqual(placeOfSyntaxError(error), { what: 'template', file: '/tmp/t.html', line: 4, column: 0 })
  assert.equal(placeOfSyntaxError(new Error('other')), undefined)
})

test('instrumented code waits through the hook, on the same lines', () => {
  const code = instrumentModule(
    'const f = async () => {\n  return await (g(await h()))\n}',
    'file:///tmp/m.ts',
  )!
  const lines = code.split('\n')
  assert.equal(
    lines[1],
    '  return await (__flaskTsAwait((g(await __flaskTsAwait((h()), (__s, __h) => eval(__s), "/tmp/m.ts", 2, 19, "f"))), (__s, __h) => eval(__s), "/tmp/m.ts", 2, 10, "f"))',
  )
  assert.match(code, /\n;\(\(\) => eval\(""\)\);\n\/\/# sourceMappingURL=data:/)
  assert.equal(instrumentModule('const = 1', 'file:///tmp/m.ts'), undefined)
})

test('HTML of a template literal escapes whatever is put in', () => {
  const evil = '</script><img src=x onerror=alert(1)>"\''
  assert.equal(
    html`<b title="${evil}">${[evil, html`<i>${1}</i>`]}${undefined}${false}</b>`.text,
    '<b title="&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;">' +
      '&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;<i>1</i></b>',
  )
})

test('colouring leaves the text as it is', () => {
  const source = `const a = \`x\n\${b}\` // c\n/* d */ return 'e\\'f' + 0x1F`
  const lines = highlightLines(source, false)
  assert.equal(lines.map((pieces) => pieces.map(([, text]) => text).join('')).join('\n'), source)
  assert.deepEqual(lines[0]![0], ['keyword', 'const'])
  const template = '<p class="a">{{ x }}{# n #}\n{% if y %}</p>'
  const coloured = highlightLines(template, true)
  assert.equal(coloured.map((pieces) => pieces.map(([, text]) => text).join('')).join('\n'), template)
  assert.ok(coloured[1]!.some(([kind, text]) => kind === 'keyword' && text === '{% if y %}'))
})
