/** Jinja in Flask: inheritance, escaping by extension, processors, filters, tests, globals, macros, flashes. */
import { TemplateNotFound } from '@flask-ts/jinja'
import { escape, Markup } from '@flask-ts/markupsafe'
import {
  Flask,
  flash,
  getTemplateAttribute,
  renderTemplate,
  renderTemplateString,
  request,
  session,
  tuple,
} from 'flask-ts'

export const app = new Flask<{ g: { user: string | null } }>(import.meta, { rootPath: process.env.APP_ROOT })
app.secretKey = 'templates know nothing'
app.jinjaEnv.trimBlocks = true
app.jinjaEnv.lstripBlocks = true
const POSTS = [
  { title: 'First <post>', tags: ['a', 'b'], stars: 3, draft: false },
  { title: 'Second & last', tags: [], stars: 5, draft: true },
]

app.contextProcessor(function common() {
  return {
    site: 'The Site',
    year: 2024,
    shorten: (text: string, n: number) => `${text.slice(0, n)}…`,
    title: 'from processor',
  }
})

app.templateFilter('reverse_words', (text: string) =>
  text
    .split(/\s+/)
    .filter((word) => word !== '')
    .reverse()
    .join(' '),
)

app.templateFilter('stars', (count: number) => new Markup('<i>★</i>'.repeat(count)))

app.templateTest('popular', (post: { stars: number }) => post.stars > 4)

app.templateGlobal('double', (value: number) => value * 2)

app.beforeRequest(function loadUser() {
  app.g.user = request.args.get('user') ?? null
})

app.route('/', function home() {
  return renderTemplate('home.html', { posts: POSTS, title: 'Home' })
})

app.route('/plain', function plain() {
  return tuple(renderTemplate('mail/note.txt', { name: '<Ada>' }), {
    'Content-Type': 'text/plain; charset=utf-8',
  })
})

app.route('/auto/<ext>', function auto({ ext }) {
  return renderTemplate(`auto.${ext}`, { value: '<b>&"\'</b>' })
})

app.route('/string', function string() {
  return renderTemplateString(
    '{{ value }} {{ value|safe }} {% autoescape false %}{{ value }}{% endautoescape %}',
    { value: '<x>' },
  )
})

app.route('/markup', function markup() {
  const text = renderTemplateString('{{ a }} {{ b }} {{ a ~ b }} {{ a + b }} {{ c }}', {
    a: new Markup('<b>'),
    b: '<i>',
    c: new Markup(`<u>${escape('<q>')}</u>`),
  })
  return text + String(escape('\'"<>&'))
})

app.route('/flash', { methods: ['POST'] }, function addFlash() {
  flash(request.form.getItem('text'), request.form.get('category', { default: 'message' }))
  return tuple('', 204)
})

app.route('/flashes', function flashes() {
  return renderTemplate('flashes.html', { only: request.args.getlist('only') })
})

app.route('/macro', function macro() {
  const field = getTemplateAttribute('macros/forms.html', 'field') as (...args: unknown[]) => string
  return field('email', { label: 'E <mail>' })
})

app.route('/form', function form() {
  return renderTemplate('form.html', { errors: { name: 'too short' } })
})

app.route('/choose', function choose() {
  return renderTemplate(['none.html', 'nor-this.html', 'child.html'])
})

app.route('/missing', function missing() {
  try {
    return renderTemplate('absent.html')
  } catch (error) {
    if (!(error instanceof TemplateNotFound)) throw error
    return tuple(`no ${error.templateName}`, 501)
  }
})

app.route('/broken', function broken() {
  return renderTemplateString('before {{ nothing() }}')
})

app.route('/undefined', { endpoint: 'undefined' }, function undefinedNames() {
  return renderTemplateString(
    "[{{ nothing }}][{{ nothing is defined }}][{{ posts|default('none') }}][{{ none_such.attr|default('x') if none_such else 'skip' }}]",
  )
})

app.route('/undefined-attribute', function undefinedAttribute() {
  return renderTemplateString('{{ nothing.attr }}')
})

app.route('/context', function context() {
  session.seen = 'yes'
  return renderTemplateString(
    "{{ request.path }}|{{ session.seen }}|{{ g.user }}|{{ config.SESSION_COOKIE_NAME }}|{{ request.args.get('user', 'anon') }}|{{ url_for('home', page=2) }}",
  )
})

app.route('/tojson', function tojson() {
  return renderTemplateString(
    "<script>let data = {{ data|tojson }};</script><p data-x='{{ data|tojson }}'>",
    { data: { b: "</script>'&", a: [1, null, true] } },
  )
})
