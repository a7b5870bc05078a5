/** Users and posts in SQLite through Flask-SQLAlchemy: the classic model, unique names, pages, a relationship. */
import { SQLAlchemy } from '@flask-ts/flask-sqlalchemy'
import { IntegrityError } from '@flask-ts/sqlalchemy'
import { Flask, jsonify, request, tuple, urlFor } from 'flask-ts'

class RuntimeError extends Error {}

export const app = new Flask(import.meta, { rootPath: process.env.APP_ROOT })
app.config.SQLALCHEMY_DATABASE_URI = 'sqlite:///:memory:'
const db = new SQLAlchemy(app)

class User extends db.Model('user', {
  id: db.Column(db.Integer, { primaryKey: true }),
  username: db.Column(db.String(80), { unique: true, nullable: false }),
  active: db.Column(db.Boolean, { default: true, nullable: false }),
  posts: db.relationship<Post[]>('Post', {
    backPopulates: 'author',
    orderBy: 'Post.id',
    cascade: 'all, delete-orphan',
  }),
}) {}

class Post extends db.Model('post', {
  id: db.Column(db.Integer, { primaryKey: true }),
  title: db.Column(db.String(120), { nullable: false }),
  user_id: db.Column(db.Integer, db.ForeignKey('user.id'), { nullable: false }),
  author: db.relationship<User>('User', { backPopulates: 'posts' }),
}) {}

await app.withAppContext(async () => {
  await db.createAll()
  db.session.addAll(['ada', 'grace', 'edsger'].map((username) => new User({ username })))
  await db.session.commit()
})

app.errorHandler(404, function notFound(error) {
  return tuple({ error: error.description }, 404)
})

app.get('/users', { endpoint: 'get_users' }, async function getUsers() {
  const users = await User.query.orderBy(User.id).all()
  return jsonify(users.map((user) => user.username))
})

app.post('/users', { endpoint: 'create_user' }, async function createUser() {
  const user = new User({ username: request.getJson<{ username?: string }>().username! })
  db.session.add(user)
  try {
    await db.session.commit()
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error
    await db.session.rollback()
    return tuple({ error: 'username is missing or taken' }, 409)
  }
  return tuple({ id: user.id, username: user.username, active: user.active }, 201, {
    Location: urlFor('get_user', { user_id: user.id }),
  })
})

app.get('/users/<int:user_id>', { endpoint: 'get_user' }, async function getUser({ user_id }) {
  const user = await db.getOr404(User, user_id, { description: `no user ${user_id}` })
  const posts = await user.awaitableAttrs.posts
  return { id: user.id, username: user.username, posts: posts.map((post) => post.title) }
})

app.get('/users/by-name/<username>', { endpoint: 'by_name' }, async function byName({ username }) {
  return { id: (await User.query.filterBy({ username }).firstOr404(`no user ${username}`)).id }
})

app.patch('/users/<int:user_id>', async function rename({ user_id }) {
  const user = await db.getOr404(User, user_id)
  user.username = request.getJson<{ username: string }>().username
  try {
    await db.session.commit()
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error
    await db.session.rollback()
    await db.session.refresh(user)
    return tuple({ error: 'taken', still: user.username }, 409)
  }
  return { id: user.id, username: user.username }
})

app.delete('/users/<int:user_id>', { endpoint: 'delete_user' }, async function deleteUser({ user_id }) {
  await db.session.delete(await db.getOr404(User, user_id))
  await db.session.commit()
  return tuple('', 204)
})

app.get('/users/page', async function page() {
  const result = await User.query
    .orderBy(User.username.desc())
    .paginate({ perPage: 2, errorOut: request.args.has('strict') })
  return jsonify({
    items: result.items.map((user) => user.username),
    page: result.page,
    pages: result.pages,
    total: result.total,
    next: result.nextNum,
    prev: result.prevNum,
    has_next: result.hasNext,
    shown: [...result.iterPages()],
  })
})

app.post('/users/<int:user_id>/posts', { endpoint: 'add_post' }, async function addPost({ user_id }) {
  const author = await db.getOr404(User, user_id)
  const post = new Post({ title: request.getJson<{ title: string }>().title, author })
  db.session.add(post)
  await db.session.commit()
  const posts = await author.awaitableAttrs.posts
  return tuple({ id: post.id, author: author.username, count: posts.length }, 201)
})

app.get('/posts', async function posts() {
  const query = db
    .select(Post, User)
    .join(Post.author)
    .where(Post.title.contains(request.args.get('q', '')))
    .orderBy(Post.title)
  const rows = await db.session.execute(query)
  return jsonify(rows.all().map(([post, user]) => ({ title: post.title, by: user.username })))
})

app.get('/stats', async function stats() {
  const query = db
    .select(User.username, db.func.count(Post.id))
    .outerjoin(User.posts)
    .groupBy(User.id)
    .orderBy(User.id)
  const rows = await db.session.execute(query)
  return jsonify(Object.fromEntries(rows.all()))
})

app.post('/fail', async function fail() {
  db.session.add(new User({ username: 'never stored' }))
  await db.session.flush()
  throw new RuntimeError('the transaction is rolled back at teardown')
})
