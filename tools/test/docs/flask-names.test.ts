import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createEnviron } from '@flask-ts/werkzeug/testing'
import * as flask from 'flask-ts'
import { readPage } from '../../docs/pages.ts'

const app = new flask.Flask(import.meta)

/** Where the names below a heading of the page must be. */
const holders: Readonly<Record<string, readonly object[]>> = {
  'The module `flask`': [flask],
  '`Flask`': [app],
  '`Blueprint`': [new flask.Blueprint('names', import.meta)],
  '`Request`': [new flask.Request(createEnviron('/')), flask.Request],
  '`Response`': [new flask.Response(''), flask.Response],
  '`Config`': [app.config],
  '`View`': [flask.View],
  '`MethodView`': [flask.MethodView, flask.MethodView.prototype],
  '`SessionInterface`': [new flask.SecureCookieSessionInterface()],
  '`FlaskClient`': [app.testClient()],
}

for (const section of readPage('docs/flask-names.md').text.split(/^## /m).slice(1)) {
  const [heading = ''] = section.split('\n')
  test(`every name that the page lists under ${heading} is there`, () => {
    const [, list = ''] = /By the rule:([\s\S]*?)\.\n/.exec(section) ?? []
    const names = [...list.matchAll(/`(\w+)`/g)].map(([, name]) => name!)
    assert.ok(names.length > 0)
    const missing = names.filter((name) => !holders[heading]!.some((holder) => name in holder))
    assert.deepEqual(missing, [])
  })
}
