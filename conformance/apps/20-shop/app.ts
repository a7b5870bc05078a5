/** A small shop: catalogue, cart in the session, checkout form with validation and a form token. */
import { createHmac } from 'node:crypto'
import { int } from '@flask-ts/werkzeug/datastructures'
import { abort, Flask, flash, redirect, renderTemplate, request, session, tuple, urlFor } from 'flask-ts'

interface Product {
  sku: string
  name: string
  cents: number
  stock: number
  category: string
}

type Cart = Record<string, number>

export const app = new Flask(import.meta, { rootPath: process.env.APP_ROOT })
app.secretKey = 'shop till you drop'
const PRODUCTS = new Map<string, Product>([
  ['mug', { sku: 'mug', name: 'Mug "Café"', cents: 1250, stock: 5, category: 'kitchen' }],
  ['pan', { sku: 'pan', name: 'Pan & lid', cents: 4999, stock: 1, category: 'kitchen' }],
  ['pen', { sku: 'pen', name: 'Pen <blue>', cents: 199, stock: 100, category: 'office' }],
])
const orders: { number: number; name: string; items: unknown }[] = []

app.templateFilter(function money(cents: number) {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')} €`
})

function formToken() {
  const customer = session.get('customer', 'anonymous') as string
  return createHmac('sha256', app.secretKey!).update(customer).digest('hex').slice(0, 12)
}

app.contextProcessor(function shopContext() {
  const cart = session.get('cart', {}) as Cart
  return { cart_size: Object.values(cart).reduce((sum, n) => sum + n, 0), form_token: formToken }
})

app.beforeRequest(function protect() {
  if (request.method === 'POST' && request.form.get('token') !== formToken()) {
    abort(400, 'The form token is missing or wrong.')
  }
})

app.errorHandler(
  400,
  app.errorHandler(404, function errorPage(error) {
    return tuple(renderTemplate('error.html', { error }), error.code)
  }),
)

app.route('/', function catalogue() {
  const wanted = request.args.get('category')
  const text = request.args.get('q', { default: '' }).toLowerCase()
  const found = [...PRODUCTS.values()].filter(
    (product) => (!wanted || product.category === wanted) && product.name.toLowerCase().includes(text),
  )
  const direction = request.args.get('sort') === '-price' ? -1 : 1
  found.sort((a, b) => direction * (a.cents - b.cents))
  return renderTemplate('catalogue.html', { products: found, q: request.args.get('q', { default: '' }) })
})

app.route('/p/<sku>', function product({ sku }) {
  return renderTemplate('product.html', {
    product: PRODUCTS.get(sku) ?? abort(404, `There is no product ${sku}.`),
  })
})

app.post('/cart', function add() {
  const item = PRODUCTS.get(request.form.getItem('sku')) ?? abort(404)
  const count = request.form.get('count', { default: 1, type: int })
  const cart = session.setdefault('cart', {} as Cart)
  if ((cart[item.sku] ?? 0) + count > item.stock) {
    flash(`Only ${item.stock} of ${item.name} left.`, 'error')
    return redirect(urlFor('product', { sku: item.sku }))
  }
  cart[item.sku] = (cart[item.sku] ?? 0) + count
  session.modified = true
  flash(`${item.name} added.`)
  return redirect(urlFor('cart'))
})

app.get('/cart', function cart() {
  const lines = Object.entries(session.get('cart', {}) as Cart).map(([sku, n]) => {
    const product = PRODUCTS.get(sku)!
    return { ...product, count: n, sum: product.cents * n }
  })
  return renderTemplate('cart.html', { lines, total: lines.reduce((sum, line) => sum + line.sum, 0) })
})

app.post('/cart/<sku>/remove', function remove({ sku }) {
  const cart = session.get('cart', {}) as Cart
  if (!(sku in cart)) abort(404)
  delete cart[sku]
  session.modified = true
  return redirect(urlFor('cart'), 302)
})

app.route('/checkout', { methods: ['GET', 'POST'] }, function checkout() {
  if (Object.keys(session.get('cart', {}) as Cart).length === 0) {
    flash('Your cart is empty.', 'error')
    return redirect(urlFor('catalogue'))
  }
  const errors: Record<string, string> = {}
  if (request.method === 'POST') {
    const { form } = request
    if (form.get('name', { default: '' }).trim().length < 2) errors.name = 'Please tell us your name.'
    if (!/^[^@\s]+@[^@\s]+\.[a-z]{2,}$/.test(form.get('email', { default: '' }))) {
      errors.email = 'This is no e-mail address.'
    }
    if (!['DE', 'AT', 'CH'].includes(form.get('country') ?? '')) errors.country = 'We do not deliver there.'
    if (!form.has('terms')) errors.terms = 'Please accept the terms.'
    if (Object.keys(errors).length === 0) {
      const order = {
        number: 1000 + orders.length,
        name: form.getItem('name').trim(),
        items: session.pop('cart'),
      }
      orders.push(order)
      session.last_order = order.number
      return redirect(urlFor('thanks'))
    }
  }
  const page = renderTemplate('checkout.html', { errors, form: request.form })
  return tuple(page, Object.keys(errors).length > 0 ? 422 : 200)
})

app.route('/thanks', function thanks() {
  const order = orders.find(({ number }) => number === session.get('last_order'))
  return renderTemplate('thanks.html', { order: order ?? abort(404) })
})
