import { abort, Blueprint, flash, g, redirect, renderTemplate, session, tuple, urlFor } from 'flask-ts'
import { type CartLine, cartLines, totalOf } from './cart.ts'
import { db } from './database.ts'
import { Form } from './form.ts'
import { Order, OrderLine, Product } from './models.ts'

declare module 'flask-ts' {
  interface SessionData {
    /** The order that was just placed: a guest may look at it, too. */
    lastOrder?: number
  }
}

const COUNTRIES = {
  AT: 'Austria',
  BE: 'Belgium',
  CH: 'Switzerland',
  DE: 'Germany',
  FR: 'France',
  NL: 'Netherlands',
}
const CODES = Object.keys(COUNTRIES) as (keyof typeof COUNTRIES)[]

export const checkout = new Blueprint('checkout', import.meta, { urlPrefix: '/checkout' })

checkout.get('/', async function start() {
  const form = new Form({
    full_name: g.account?.fullName ?? '',
    email: g.account?.email ?? '',
    country: 'DE',
  })
  return await checkoutPage(form, await cartLines())
})

checkout.post('/', async function buy() {
  const lines = await cartLines()
  const form = new Form()
  const details = {
    fullName: form.text('full_name', { max: 120 }),
    email: form.email('email'),
    address: form.text('address', { max: 300 }),
    country: form.choice('country', CODES),
  }
  if (!form.checked('terms')) form.reject('terms', 'Please accept the terms.')
  if (!form.isValid || lines.length === 0) return await checkoutPage(form, lines)

  const order = new Order({ ...details, accountId: g.account?.id ?? null })
  const missing = await placeOrder(order, lines)
  if (missing !== null) {
    flash(`Somebody was faster: there is not enough of “${missing}” left.`, 'error')
    return redirect(urlFor('cart.show'))
  }
  session.cart = {}
  session.lastOrder = order.id
  flash('Thank you! Your order is on its way.', 'success')
  return redirect(urlFor('checkout.order', { id: order.id }))
})

checkout.get('/orders/<int:id>', async function order({ id }) {
  const order = await Order.query.getOr404(id)
  const isOwn = order.accountId !== null && order.accountId === g.account?.id
  // Not 403, which would tell that there is such an order.
  if (!isOwn && id !== session.lastOrder && !g.account?.may('admin')) abort(404)
  return renderTemplate('checkout/order.html', { order, country: COUNTRIES[order.country as 'DE'] })
})

async function checkoutPage(form: Form, lines: readonly CartLine[]) {
  if (lines.length === 0) {
    flash('Your cart is empty.', 'error')
    return redirect(urlFor('catalogue.index'))
  }
  const page = renderTemplate('checkout/form.html', {
    form,
    lines,
    total: totalOf(lines),
    countries: COUNTRIES,
  })
  return tuple(page, form.isValid ? 200 : 422)
}

/**
 * Stores an order and takes its products from the stock, all or nothing.
 *
 * @returns The title of a product that there is not enough of, or `null` if all went well.
 */
async function placeOrder(order: Order, lines: readonly CartLine[]): Promise<string | null> {
  for (const { product, count } of lines) {
    const { id, title, cents } = product
    // The database compares and subtracts in one step, so that two buyers never get the same last piece.
    const sold = await Product.query
      .filter(Product.id.eq(id), Product.stock.ge(count))
      .update({ stock: Product.stock.sub(count) })
    if (sold === 0) {
      await db.session.rollback()
      return title
    }
    order.lines.push(new OrderLine({ productId: id, title, cents, count }))
  }
  db.session.add(order)
  await db.session.commit()
  return null
}
