/** A blog: accounts with password hashes, sessions, flashes, drafts, edit and delete by the author only. */
import { checkPasswordHash, generatePasswordHash } from '@flask-ts/werkzeug/security'
import {
  abort,
  Blueprint,
  Flask,
  flash,
  redirect,
  renderTemplate,
  request,
  session,
  tuple,
  urlFor,
} from 'flask-ts'

interface User {
  name: string
  admin: boolean
  hash: string
}

interface Post {
  id: number
  title: string
  body: string
  author: string
  draft: boolean
}

export const app = new Flask<{ g: { user: User | null } }>(import.meta, { rootPath: process.env.APP_ROOT })
app.config.fromMapping({ SECRET_KEY: 'a blog', SESSION_COOKIE_NAME: 'blog' })
const auth = new Blueprint('auth', import.meta, { urlPrefix: '/auth' })
// made by generatePasswordHash('lovelace', 'pbkdf2:sha256:1000')
const USERS = new Map<string, User>([
  [
    'ada',
    {
      name: 'ada',
      admin: false,
      hash: 'pbkdf2:sha256:1000$V1hb1o6O1RcELAQO-3bReA$c56070dcbe0eaf37234a6544dfabba2dc87b9d8327f11de472118aac7188de11',
    },
  ],
])
const POSTS = new Map<number, Post>([
  [1, { id: 1, title: 'Hello <world>', body: 'One\n\ntwo & three', author: 'ada', draft: false }],
  [2, { id: 2, title: 'Not yet', body: '...', author: 'ada', draft: true }],
])

function loginRequired<P>(view: (params: P) => string | object, endpoint: string) {
  function wrapped(params: P) {
    if (app.g.user === null)
      return redirect(urlFor('auth.login', { next: request.fullPath.replace(/\?+$/, '') }))
    return view(params)
  }
  Object.defineProperty(wrapped, 'name', { value: endpoint })
  return wrapped
}

app.beforeRequest(function loadUser() {
  app.g.user = USERS.get(session.get('user') as string) ?? null
})

auth.route('/register', { methods: ['GET', 'POST'] }, function register() {
  if (request.method === 'POST') {
    const name = request.form.getItem('name').trim()
    const password = request.form.getItem('password')
    let error: string | undefined
    if (!/^[\p{L}\p{N}]+$/u.test(name)) error = 'A name has letters and digits only.'
    else if (password.length < 8) error = 'The password is too short.'
    else if (USERS.has(name)) error = `${name} is taken.`
    if (error === undefined) {
      USERS.set(name, { name, admin: false, hash: generatePasswordHash(password) })
      flash('Welcome! Please log in.')
      return redirect(urlFor('.login'))
    }
    flash(error, 'error')
  }
  return renderTemplate('account.html', { action: 'register' })
})

auth.route('/login', { methods: ['GET', 'POST'] }, function login() {
  if (request.method === 'POST') {
    const user = USERS.get(request.form.getItem('name'))
    if (user && checkPasswordHash(user.hash, request.form.getItem('password'))) {
      session.clear()
      session.user = user.name
      session.permanent = request.form.has('remember')
      const target = request.args.get('next', { default: '' })
      return redirect(target.startsWith('/') && !target.startsWith('//') ? target : urlFor('index'))
    }
    flash('Name or password is wrong.', 'error')
  }
  return tuple(renderTemplate('account.html', { action: 'login' }), request.method === 'POST' ? 401 : 200)
})

auth.route('/logout', function logout() {
  session.clear()
  return redirect(urlFor('index'))
})

app.registerBlueprint(auth)

app.templateFilter(function paragraphs(text: string) {
  return text.split('\n\n').filter((part) => part.trim() !== '')
})

app.route('/', function index() {
  const shown = [...POSTS.values()].filter((post) => !post.draft || app.g.user?.name === post.author)
  return renderTemplate('index.html', { posts: shown.reverse() })
})

function getPost(id: number, own = true): Post {
  const post = POSTS.get(id)
  const mine = app.g.user !== null && post !== undefined && app.g.user.name === post.author
  if (post === undefined || (post.draft && !mine)) abort(404, `Post ${id} doesn't exist.`)
  if (own && !mine) abort(403)
  return post
}

app.route('/<int:post_id>', function show({ post_id }) {
  return renderTemplate('post.html', { post: getPost(post_id, false) })
})

const edit = loginRequired(({ post_id }: { post_id: number | null }) => {
  const post = post_id ? getPost(post_id) : ({ title: '', body: '', draft: false } as Post)
  if (request.method === 'POST') {
    const title = request.form.getItem('title').trim()
    if (title !== '') {
      Object.assign(post, { title, body: request.form.getItem('body'), draft: request.form.has('draft') })
      if (post_id === null) {
        Object.assign(post, { id: Math.max(...POSTS.keys()) + 1, author: app.g.user!.name })
        POSTS.set(post.id, post)
      }
      flash(`Saved “${post.title}”.`)
      return redirect(urlFor('show', { post_id: post.id }))
    }
    flash('A title is required.', 'error')
  }
  return renderTemplate('edit.html', { post })
}, 'edit')
app.route('/new', { methods: ['GET', 'POST'], defaults: { post_id: null } }, edit)
app.route('/<int:post_id>/edit', { methods: ['GET', 'POST'] }, edit)

app.post(
  '/<int:post_id>/delete',
  loginRequired(({ post_id }: { post_id: number }) => {
    POSTS.delete(getPost(post_id).id)
    flash('Deleted.')
    return redirect(urlFor('index'))
  }, 'delete'),
)

app.route('/feed.xml', function feed() {
  const posts = [...POSTS.values()].filter((post) => !post.draft)
  return tuple(renderTemplate('feed.xml', { posts }), {
    'Content-Type': 'application/atom+xml; charset=utf-8',
  })
})
