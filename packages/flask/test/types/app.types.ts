/** Compiled, not run: what the types must accept, and what they must refuse. */
import { NotFound } from '@flask-ts/werkzeug/exceptions'
import { Blueprint, Flask, g, json, request, session, tuple, urlFor } from 'flask-ts'

declare module 'flask-ts' {
  interface Config {
    PAGE_SIZE_FOR_TYPES: number
  }
  interface Converters {
    date: Date
  }
  interface SessionData {
    visits_for_types?: number
  }
}

const app = new Flask(import.meta)

// Parameters come from the rule.
app.get('/users/<int:id>/<path:rest>', ({ id, rest }) => `${id.toFixed(0)} ${rest.toUpperCase()}`)
app.route('/days/<date:day>', ({ day }) => day.toISOString())
app.get('/kind/<any(red, green):colour>', ({ colour }) => {
  const known: 'red' | 'green' = colour
  return known
})
app.route('/list', { defaults: { page: 1 } }, ({ page }) => page.toFixed(0))
app.post('/async', async () => tuple({ ok: true }, 201))
// @ts-expect-error: the rule gives a number
app.get('/users/<int:id>', ({ id }) => id.toUpperCase())
// @ts-expect-error: the rule has no such variable
app.get('/users/<int:id>', ({ name }) => name)
// @ts-expect-error: a view returns something
app.get('/nothing', () => {})
// @ts-expect-error: a shortcut names its method
app.get('/x', { methods: ['POST'] }, () => 'x')
// @ts-expect-error: methods are a list
app.route('/x', { methods: 'POST' }, () => 'x')

// A blueprint's prefix gives parameters as well.
const pages = new Blueprint('pages', import.meta, { urlPrefix: '/<lang>/<int:year>' })
pages.get('/about/<name>', ({ lang, year, name }) => `${lang} ${year + 1} ${name}`)
// @ts-expect-error: the prefix gives a number
pages.get('/', ({ year }) => year.toUpperCase())
app.registerBlueprint(pages)

// URLs of rules are checked, those of names are open.
urlFor('/users/<int:id>', { id: 7 })
urlFor('/users/<int:id>', { id: 7, page: 2, _external: true })
urlFor('home', { anything: 'goes' })
urlFor('home')
// @ts-expect-error: the rule needs a number
urlFor('/users/<int:id>', { id: 'seven' })
// @ts-expect-error: the rule needs its variable
urlFor('/users/<int:id>')
// @ts-expect-error: the rule needs its variable
app.urlFor('/users/<int:id>', { other: 1 })
// @ts-expect-error: a scheme is text
urlFor('home', { _scheme: 1 })

// Configuration: Flask's keys and declared ones are typed, others are unknown.
const size: number = app.config.PAGE_SIZE_FOR_TYPES
app.config.SECRET_KEY = 'text'
app.config.ANYTHING = { more: size }
// @ts-expect-error: declared as a number
app.config.PAGE_SIZE_FOR_TYPES = 'text'
// @ts-expect-error: Flask's own key
app.config.TESTING = 'yes'
// @ts-expect-error: not declared, so nobody knows what it is
const unknownKey: string = app.config.NOT_DECLARED

// One application's own types need no global declarations.
const typed = new Flask<{
  g: { user: { name: string } | null }
  session: { cart: string[] }
  config: { MAIL_PORT: number }
}>(import.meta)
const port: number = typed.config.MAIL_PORT
typed.route('/', () => `${typed.g.user?.name} ${typed.session.cart.length} ${port}`)
// @ts-expect-error: the type says object or null
typed.g.user = 'ada'
// @ts-expect-error: the configuration's key is a number
typed.config.MAIL_PORT = '25'

// Error handlers get what they are registered for.
app.errorHandler(404, (error) => tuple(error.description ?? '', 404))
app.errorHandler(500, (error) => String(error.originalException))
class ShopError extends Error {
  readonly code = 409
}
app.errorHandler(ShopError, (error) => tuple(error.message, error.code))
app.errorHandler(NotFound, (error) => error.name)
// @ts-expect-error: not a member of the class
app.errorHandler(ShopError, (error) => error.status)

// Proxies.
const visits: number | undefined = session.visits_for_types
const other: unknown = session.anything
const user: unknown = g.user
const page: string = request.args.get('page', '1')
const body: { title: string } = request.getJson<{ title: string }>()
// @ts-expect-error: JSON may be anything until it is looked at
const title: string = request.json.title
app.post('/echo', () => request.json)
json.dumps([visits, other, user, page, body, unknownKey, title])
