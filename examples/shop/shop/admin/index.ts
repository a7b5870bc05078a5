import { Blueprint, renderTemplate } from 'flask-ts'
import { db } from '../database.ts'
import { Order, OrderLine, Page, Product } from '../models.ts'
import { requireRole } from '../permissions.ts'
import { pages } from './pages.ts'
import { products } from './products.ts'
import { team } from './team.ts'

/** The back room. Its hook guards the blueprints within, too. */
export const admin = new Blueprint('admin', import.meta, { urlPrefix: '/admin' })

admin.beforeRequest(function editorsOnly() {
  return requireRole('editor')
})

admin.registerBlueprint(products)
admin.registerBlueprint(pages)
admin.registerBlueprint(team)

admin.get('/', async function dashboard() {
  const turnover = db.select(db.func.coalesce(db.func.sum(OrderLine.cents.mul(OrderLine.count)), 0))
  return renderTemplate('admin/dashboard.html', {
    turnover: Number(await db.session.scalar(turnover)),
    order_count: await Order.query.count(),
    product_count: await Product.query.count(),
    orders: await Order.query.orderBy(Order.id.desc()).limit(8).all(),
    pages: await Page.query.orderBy(Page.title).all(),
    scarce: await Product.query.filter(Product.stock.lt(5)).orderBy(Product.stock, Product.title).all(),
  })
})
