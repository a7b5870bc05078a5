import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Environment, type nodes } from '@flask-ts/jinja'

const environment = new Environment({ extensions: ['do'] })

function expression(source: string): nodes.Expression {
  return environment.parser(source, null, null, 'variable').parseExpression()
}

/** An expression with parentheses around every operation. */
function grouped(node: nodes.Expression): string {
  if (node.type === 'Name') return node.name
  if (node.type === 'Const') return String(node.value)
  if (node.type === 'Filter') return `(${grouped(node.node as nodes.Expression)} | ${node.name})`
  if (node.type === 'Test') return `(${grouped(node.node)} is ${node.name})`
  if (node.type === 'Concat') return `(${node.nodes.map(grouped).join(' ~ ')})`
  if (node.type === 'Not' || node.type === 'Neg' || node.type === 'Pos')
    return `(${node.type} ${grouped(node.node)})`
  if ('left' in node) return `(${grouped(node.left)} ${node.type} ${grouped(node.right)})`
  return node.type
}

const precedences: readonly (readonly [source: string, expected: string])[] = [
  ['2 ** 3 ** 2', '((2 Pow 3) Pow 2)'],
  ['-2 ** 2', '((Neg 2) Pow 2)'],
  ['1 + 1 ~ 1', '(1 Add (1 ~ 1))'],
  ['a * b ~ c', '((a Mul b) ~ c)'],
  ['-3|abs + 2', '(((Neg 3) | abs) Add 2)'],
  ['not a == b', '(Not Compare)'],
  ['a or b and c', '(a Or (b And c))'],
  ['x is eq x + 1', '((x is eq) Add 1)'],
]

for (const [source, expected] of precedences) {
  test(`${source} is read as ${expected}`, () => assert.equal(grouped(expression(source)), expected))
}

const errors: readonly (readonly [source: string, description: string])[] = [
  ['{% foo %}', "Encountered unknown tag 'foo'."],
  [
    '{% if a %}',
    "Unexpected end of template. Jinja was looking for the following tags: 'elif' or 'else' or 'endif'. The " +
      "innermost block that needs to be closed is 'if'.",
  ],
  [
    '{% for x in y %}{% if a %}{% endfor %}',
    "Encountered unknown tag 'endfor'. You probably made a nesting mistake. Jinja is expecting this tag, but " +
      "currently looking for 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'.",
  ],
  ['{% set true = 1 %}', "can't assign to 'const'"],
  ['{{ a is b is c }}', 'You cannot chain multiple tests with is'],
  ['{{ f(**a, *b) }}', 'invalid syntax for function call expression'],
  ['{% from "x" import _y %}', 'names starting with an underline can not be imported'],
  ['{% block a required %}x{% endblock %}', 'Required blocks can only contain comments or whitespace'],
  ['{{ }}', "Expected an expression, got 'end of print statement'"],
]

for (const [source, description] of errors) {
  test(`${source} fails: ${description}`, () =>
    assert.throws(() => environment.parse(source), { description }))
}

test('what is nested too deeply is a syntax error and no full stack', () => {
  assert.throws(() => environment.parse(`{{ ${'('.repeat(5000)}`), { name: 'TemplateSyntaxError' })
  assert.throws(() => environment.fromString(`{{ a${'.b'.repeat(50_000)} }}`), {
    name: 'TemplateSyntaxError',
  })
})

test('a syntax error shows its file, line and source', () => {
  assert.throws(() => environment.parse('a\n{% nope %}', 'x.html', '/t/x.html'), {
    message: 'Encountered unknown tag \'nope\'.\n  File "/t/x.html", line 2\n    {% nope %}',
  })
})
