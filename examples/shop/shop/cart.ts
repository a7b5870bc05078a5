import { int } from '@flask-ts/werkzeug/datastructures'
import { Blueprint, flash, redirect, renderTemplate, request, session, urlFor } from 'flask-ts'
import { Product } from './models.ts'

declare module 'flask-ts' {
  interface SessionData {
    /** How many of each product, by its id. */
    cart?: Readonly<Record<string, number>>
  }
}

/** One product in the cart. */
export interface CartLine {
  readonly product: Product
  readonly count: number
  /** In cents. */
  readonly sum: number
}

export const cart = new Blueprint('cart', import.meta, { urlPrefix: '/cart' })

/** What is in the cart, with the prices of now: the session keeps no more than ids and counts. */
export async function cartLines(): Promise<CartLine[]> {
  const counts = session.cart ?? {}
  const ids = Object.keys(counts).map(Number)
  if (ids.length === 0) return []
  const products = await Product.query
    .filter(Product.id.in(ids), Product.isPublished.eq(true))
    .orderBy(Product.title)
    .all()
  return products.map((product) => {
    const count = counts[product.id]!
    return { product, count, sum: product.cents * count }
  })
}

export function totalOf(lines: readonly CartLine[]): number {
  return lines.reduce((sum, line) => sum + line.sum, 0)
}

/** Sets how many of a product are in the cart. A new object each time: so the session notices the change. */
function setCount(id: number, count: number): void {
  const { [id]: _, ...others } = session.cart ?? {}
  session.cart = count > 0 ? { ...others, [id]: count } : others
}

cart.get('/', async function show() {
  const lines = await cartLines()
  return renderTemplate('cart/show.html', { lines, total: totalOf(lines) })
})

cart.post('/add/<int:id>', async function add({ id }) {
  const product = await Product.query.filterBy({ id, isPublished: true }).firstOr404()
  const count = request.form.get('count', { default: 1, type: int })
  const wanted = (session.cart?.[id] ?? 0) + Math.max(1, count)
  if (wanted > product.stock) {
    flash(`We have only ${product.stock} of “${product.title}”.`, 'error')
    return redirect(urlFor('catalogue.product', { slug: product.slug }))
  }
  setCount(id, wanted)
  flash(`“${product.title}” is in your cart.`, 'success')
  return redirect(urlFor('cart.show'))
})

cart.post('/update/<int:id>', async function update({ id }) {
  const product = await Product.query.getOr404(id)
  const count = request.form.get('count', { default: 0, type: int })
  if (count > product.stock) flash(`We have only ${product.stock} of “${product.title}”.`, 'error')
  setCount(id, Math.min(count, product.stock))
  return redirect(urlFor('cart.show'))
})
