import { Blueprint, flash, redirect, renderTemplate, tuple, urlFor } from 'flask-ts'
import { db } from '../database.ts'
import { Form } from '../form.ts'
import { Page } from '../models.ts'

export const pages = new Blueprint('pages', import.meta, { urlPrefix: '/pages' })

pages.get('/<slug>', async function edit({ slug }) {
  const page = await Page.query.filterBy({ slug }).firstOr404()
  return renderTemplate('admin/page-form.html', {
    page,
    form: new Form({ title: page.title, body: page.body }),
  })
})

pages.post('/<slug>', async function update({ slug }) {
  const page = await Page.query.filterBy({ slug }).firstOr404()
  const form = new Form()
  const title = form.text('title', { max: 120 })
  const body = form.text('body', { max: 20_000 })
  if (!form.isValid) return tuple(renderTemplate('admin/page-form.html', { page, form }), 422)
  Object.assign(page, { title, body })
  await db.session.commit()
  flash(`“${title}” is saved.`, 'success')
  return redirect(urlFor('catalogue.page', { slug }))
})
