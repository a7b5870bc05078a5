import { Blueprint, jsonify, request, tuple, urlFor } from 'flask-ts'
import { Category, Product } from './models.ts'
import { searchProducts } from './product-search.ts'

/** The catalogue for programs: JSON, in pages, with entity tags. Sites that `API_ORIGINS` names may read it. */
export const api = new Blueprint('api', import.meta, { urlPrefix: '/api/v1' })

api.afterRequest(function addEntityTag(response) {
  if (request.method === 'GET' && response.status === 200) {
    // Clients may keep the answer, but ask each time whether it still holds: then they get a 304 without a body.
    response.cacheControl.noCache = true
    response.addEtag()
  }
  return response.makeConditional(request)
})

function toJson(product: Product) {
  const { slug, title, summary, description, cents, stock, category, updatedAt } = product
  return {
    slug,
    title,
    summary,
    description,
    cents,
    stock,
    category: { slug: category.slug, title: category.title },
    picture: product.picture && urlFor('catalogue.picture', { name: product.picture, _external: true }),
    updated_at: updatedAt.toISOString(),
    url: urlFor('api.product', { slug, _external: true }),
  }
}

api.get('/categories', async function categories() {
  const found = await Category.query.orderBy(Category.title).all()
  return jsonify(found.map(({ slug, title }) => ({ slug, title })))
})

/** `?q=` `&category=` `&sort=price` `&page=` `&per_page=` */
api.get('/products', async function products() {
  const search = {
    text: request.args.get('q', ''),
    category: request.args.get('category', ''),
    sort: request.args.get('sort', ''),
  }
  const found = await searchProducts(search).paginate({ maxPerPage: 50 })
  const pageUrl = (page: number | null) =>
    page && urlFor('api.products', { ...request.args.toDict(), page, _external: true })
  return jsonify({
    items: found.items.map(toJson),
    page: found.page,
    pages: found.pages,
    total: found.total,
    next: pageUrl(found.nextNum),
    prev: pageUrl(found.prevNum),
  })
})

api.get('/products/<slug>', async function product({ slug }) {
  return toJson(
    await Product.query.filterBy({ slug, isPublished: true }).firstOr404(`There is no product ${slug}.`),
  )
})

/** What a cart would cost: `[{ "slug": "mug", "count": 2 }]`. */
api.post('/quotes', async function quote() {
  const wanted = request.json
  if (!isQuoteRequest(wanted)) {
    const description = 'Send a list of up to 50 objects such as {"slug": "mug", "count": 1}.'
    return tuple({ error: { code: 422, name: 'Unprocessable Entity', description } }, 422)
  }
  const slugs = wanted.map(({ slug }) => slug)
  const products = await Product.query.filter(Product.slug.in(slugs), Product.isPublished.eq(true)).all()
  const bySlug = new Map(products.map((product) => [product.slug, product]))
  const lines = wanted.map(({ slug, count }) => {
    const product = bySlug.get(slug)
    return { slug, count, cents: (product?.cents ?? 0) * count, available: (product?.stock ?? 0) >= count }
  })
  return { lines, total: lines.reduce((sum, line) => sum + line.cents, 0) }
})

/** JSON from outside can be anything: this is where it gets its type. */
function isQuoteRequest(value: unknown): value is { slug: string; count: number }[] {
  if (!Array.isArray(value) || value.length > 50) return false
  return value.every(
    (line) =>
      typeof line?.slug === 'string' && Number.isInteger(line.count) && line.count > 0 && line.count < 1000,
  )
}
