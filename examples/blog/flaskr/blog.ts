import { joinedload } from '@flask-ts/sqlalchemy'
import { abort, Blueprint, flash, g, redirect, renderTemplate, request, urlFor } from 'flask-ts'
import { loginRequired } from './auth.ts'
import { db, Post } from './db.ts'

export const bp = new Blueprint('blog', import.meta)

bp.get('/', async function index() {
  const posts = await Post.query
    .options(joinedload(Post.author))
    .orderBy(Post.created.desc(), Post.id.desc())
    .all()
  return renderTemplate('blog/index.html', { posts })
})

bp.route(
  '/create',
  { methods: ['GET', 'POST'] },
  loginRequired(async function create() {
    if (request.method === 'POST') {
      const title = request.form.getItem('title')
      if (title !== '') {
        db.session.add(new Post({ title, body: request.form.getItem('body'), author_id: g.user!.id }))
        await db.session.commit()
        return redirect(urlFor('blog.index'))
      }
      flash('Title is required.')
    }
    return renderTemplate('blog/create.html')
  }),
)

/** A post of the one who is logged in; a 404 if there is none, a 403 if it is somebody else's. */
async function ownPost(id: number): Promise<Post> {
  const post = await db.getOr404(Post, id, { description: `Post id ${id} doesn't exist.` })
  if (post.author_id !== g.user!.id) abort(403)
  return post
}

bp.route(
  '/<int:id>/update',
  { methods: ['GET', 'POST'] },
  loginRequired(async function update({ id }: { id: number }) {
    const post = await ownPost(id)
    if (request.method === 'POST') {
      const title = request.form.getItem('title')
      if (title !== '') {
        post.title = title
        post.body = request.form.getItem('body')
        await db.session.commit()
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
  loginRequired(async function deletePost({ id }: { id: number }) {
    await db.session.delete(await ownPost(id))
    await db.session.commit()
    return redirect(urlFor('blog.index'))
  }),
)
