import { IntegrityError } from '@flask-ts/sqlalchemy'
import { Blueprint, flash, redirect, renderTemplate, request, tuple, urlFor } from 'flask-ts'
import { db } from '../database.ts'
import { Form } from '../form.ts'
import { Category, Product } from '../models.ts'
import { PictureError, savePicture } from '../pictures.ts'

export const products = new Blueprint('products', import.meta, { urlPrefix: '/products' })

products.get('/', async function list() {
  const products = await Product.query.orderBy(Product.title).paginate({ perPage: 20 })
  return renderTemplate('admin/products.html', { products })
})

products.get('/new', async function create() {
  return await formPage(new Form({ stock: '0', is_published: 'on' }), null)
})

products.post('/new', async function store() {
  return await save(new Product({ slug: '', title: '', summary: '', cents: 0 }))
})

products.get('/<int:id>', async function edit({ id }) {
  const product = await Product.query.getOr404(id)
  return await formPage(new Form(valuesOf(product)), product)
})

products.post('/<int:id>', async function update({ id }) {
  return await save(await Product.query.getOr404(id))
})

function valuesOf(product: Product): Record<string, string> {
  return {
    title: product.title,
    slug: product.slug,
    summary: product.summary,
    description: product.description,
    price: (product.cents / 100).toFixed(2),
    stock: String(product.stock),
    category: product.category.slug,
    ...(product.isPublished && { is_published: 'on' }),
  }
}

async function formPage(form: Form, product: Product | null) {
  const categories = await Category.query.orderBy(Category.title).all()
  const category_choices = categories.map(({ slug, title }) => [slug, title])
  const page = renderTemplate('admin/product-form.html', { form, product, category_choices })
  return tuple(page, form.isValid ? 200 : 422)
}

/** Takes the form over into a product, new or not, and stores it. */
async function save(product: Product) {
  const form = new Form()
  const isNew = !product.id
  await db.session.noAutoflush(() => fill(product, form))
  if (form.isValid && (await tryToStore(product, form))) {
    flash(`“${product.title}” is saved.`, 'success')
    return redirect(urlFor('admin.products.edit', { id: product.id }))
  }
  // The form shows what was sent; the product is again what the database has.
  await db.session.rollback()
  if (!isNew) await db.session.refresh(product)
  return await formPage(form, isNew ? null : product)
}

async function fill(product: Product, form: Form): Promise<void> {
  product.title = form.text('title', { max: 120 })
  product.slug = form.text('slug', {
    max: 80,
    pattern: /^[a-z0-9-]+$/,
    message: 'Small letters, digits and dashes.',
  })
  product.summary = form.text('summary')
  product.description = form.text('description', { max: 5000, optional: true })
  product.cents = form.cents('price')
  product.stock = form.integer('stock', 0, 100_000)
  product.isPublished = form.checked('is_published')
  const category = await Category.query.filterBy({ slug: form.text('category') }).first()
  if (category === null) form.reject('category', 'Please choose one of these.')
  else product.categoryId = category.id
  // The file is stored last: nothing is left lying about where something else is wrong.
  if (form.isValid) await fillPicture(product, form)
}

async function fillPicture(product: Product, form: Form): Promise<void> {
  const file = request.files.get('picture')
  // Browsers send an empty file without a name where none was chosen.
  if (!file?.filename) return
  try {
    product.picture = await savePicture(file)
  } catch (error) {
    if (!(error instanceof PictureError)) throw error
    form.reject('picture', error.message)
  }
}

async function tryToStore(product: Product, form: Form): Promise<boolean> {
  db.session.add(product)
  try {
    await db.session.commit()
    return true
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error
    form.reject('slug', 'Another product has this address.')
    return false
  }
}
