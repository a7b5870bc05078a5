import { abort, Blueprint, currentApp, renderTemplate, request, sendFromDirectory } from 'flask-ts'
import { Category, Page, Product } from './models.ts'
import { searchProducts } from './product-search.ts'

export const catalogue = new Blueprint('catalogue', import.meta)

catalogue.get('/', async function index() {
  const categories = await Category.query.orderBy(Category.title).all()
  const category = request.args.get('category', '')
  const text = request.args.get('q', '').trim()
  const products = await searchProducts({ text, category, sort: request.args.get('sort', '') }).paginate({
    perPage: currentApp.config.PER_PAGE,
  })
  return renderTemplate('catalogue/index.html', { categories, category, products, text })
})

catalogue.get('/products/<slug>', async function product({ slug }) {
  const product = await Product.query
    .filterBy({ slug, isPublished: true })
    .firstOr404('There is no such product. Perhaps it has sold so well that we stopped making it.')
  return renderTemplate('catalogue/product.html', { product })
})

catalogue.get('/pages/<slug>', async function page({ slug }) {
  const page = await Page.query.filterBy({ slug }).firstOr404()
  return renderTemplate('catalogue/page.html', { page })
})

catalogue.get('/pictures/<name>', function picture({ name }) {
  // A picture never changes, as each upload has a new name: browsers may keep it for a year.
  return sendFromDirectory(currentApp.config.UPLOAD_FOLDER, name, { maxAge: 365 * 24 * 3600 })
})

// The single-page front end finds its way by itself: each of its addresses is the same page.
catalogue.get('/browse/', browse)
catalogue.get('/browse/<path:rest>', browse)

function browse() {
  return currentApp.sendStaticFile('browse/index.html') ?? abort(404)
}
