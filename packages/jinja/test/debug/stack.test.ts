import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DictLoader, Environment, FunctionLoader, templateFrames } from '@flask-ts/jinja'

function boom(): never {
  throw new Error('boom')
}

function failure(run: () => unknown): Error {
  try {
    run()
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}

const loader = new DictLoader({
  'base.html': 'a\nb\n{% block x %}{% endblock %}',
  'page.html':
    '{% extends "base.html" %}\n\n{% block x %}\n{% for i in [1] %}\n{{ i }} {{ boom() }}\n{% endfor %}{% endblock %}',
  'macro.html': '{% macro m() %}\n\n{{ boom() }}{% endmacro %}',
  'caller.html': '{% from "macro.html" import m %}\n{{ m() }}',
})

test('an error knows the places in templates that it came through', () => {
  const error = failure(() => new Environment({ loader }).getTemplate('page.html').render({ boom }))
  assert.deepEqual(
    templateFrames(error).map(({ name, lineno, where }) => [name, lineno, where]),
    [
      ['page.html', 5, "block 'x'"],
      ['base.html', 3, 'top-level template code'],
      ['page.html', 1, 'top-level template code'],
    ],
  )
})

test('the stack of an error shows templates and not compiled code', () => {
  const environment = new Environment({
    loader: new FunctionLoader(() => ({
      source: '\n{{ boom() }}',
      filename: '/site/x.html',
      upToDate: null,
    })),
  })
  const { stack } = failure(() => environment.getTemplate('x').render({ boom })) as { stack: string }
  assert.match(stack, /at top-level template code \(\/site\/x\.html:2\)/)
  assert.doesNotMatch(stack, /jinja:\d/)
})

test('macros of other templates are named by their template', () => {
  const environment = new Environment({ loader })
  environment.globals.boom = boom
  const frames = templateFrames(failure(() => environment.getTemplate('caller.html').render()))
  assert.deepEqual(
    frames.map(({ name, lineno }) => [name, lineno]),
    [
      ['macro.html', 3],
      ['caller.html', 2],
    ],
  )
})

test('errors from streams and asynchronous templates have their places too', async () => {
  const stream = new Environment({ loader }).getTemplate('page.html').generate({ boom })
  assert.equal(templateFrames(failure(() => [...stream])).at(0)?.lineno, 5)
  const later = new Environment({ loader, enableAsync: true }).getTemplate('page.html')
  const error = await later.renderAsync({ boom: async () => boom() }).catch((reason: unknown) => reason)
  assert.equal(templateFrames(error).at(0)?.lineno, 5)
})

test('what is no error has no places', () => {
  assert.deepEqual(templateFrames(null), [])
  assert.deepEqual(templateFrames(new Error('elsewhere')), [])
})
