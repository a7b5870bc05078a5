import { abort, Blueprint, flash, g, redirect, renderTemplate, request, urlFor } from 'flask-ts'
import { loginRequired } from './auth.ts'
import { getDb, type Post } from './db.ts'

export const bp = new Blueprint('blog', import.meta)

const POSTS = `SELECT p.id, title, body, created, author_id, username
  FROM post p JOIN user u ON p.author_id = u.id`

bp.get('/', function index() {
  const posts = getDb().prepare(`${POSTS} ORDER BY created DESC, p.id DESC`).all()
  return renderTemplate('blog/index.html', { posts })
})

bp.route(
  '/create',
  { methods: ['GET', 'POST'] },
  loginRequired(function create() {
    if (request.method === 'POST') {
      const title = request.form.getItem('title')
      if (title !== '') {
        getDb()
          .prepare('INSERT INTO post (title, body, author_id) VALUES (?, ?, ?)')
          .run(title, request.form.getItem('body'), g.user!.id)
        return redirect(urlFor('blog.index'))
      }
      flash('Title is required.')
    }
    return renderTemplate('blog/create.html')
  }),
)

/** A post of the one who is logged in; a 404 if there is none, a 403 if it is somebody else's. */
function ownPost(id: number): Post {
  const post = getDb().prepare(`${POSTS} WHERE p.id = ?`).get(id) as Post | undefined
  if (post === undefined) abort(404, `Post id ${id} doesn't exist.`)
  if (post.author_id !== g.user!.id) abort(403)
  return post
}

bp.route(
  '/<int:id>/update',
  { methods: ['GET', 'POST'] },
  loginRequired(function update({ id }: { id: number }) {
    const post = ownPost(id)
    if (request.method === 'POST') {
      const title = request.form.getItem('title')
      if (title !== '') {
        getDb()
          .prepare('UPDATE post SET title = ?, body = ? WHERE id = ?')
          .run(title, request.form.getItem('body'), id)
        return redirect(urlFor('blog.index'))
      }
      flash('Title is required.')
    }
    return renderTemplate('blog/update.html', { post })
  }),
)

bp.post(
  '/<int:id>/delete',
  { endpoint: 'delete' },
  loginRequired(function deletePost({ id }: { id: number }) {
    ownPost(id)
    getDb().prepare('DELETE FROM post WHERE id = ?').run(id)
    return redirect(urlFor('blog.index'))
  }),
)
