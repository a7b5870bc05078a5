import { checkPasswordHashAsync, generatePasswordHashAsync } from '@flask-ts/werkzeug/security'
import { db } from './database.ts'

/** A shelf of the shop. */
export class Category extends db.Model('category', {
  id: db.Column(db.Integer, { primaryKey: true }),
  slug: db.Column(db.String(60), { unique: true, nullable: false }),
  title: db.Column(db.String(80), { nullable: false }),
}) {}

// `.as<Product>()` tells `Product.query` that its rows have the getters below, too.
export class Product extends db
  .Model('product', {
    id: db.Column(db.Integer, { primaryKey: true }),
    slug: db.Column(db.String(80), { unique: true, nullable: false }),
    title: db.Column(db.String(120), { nullable: false }),
    summary: db.Column(db.String(200), { nullable: false }),
    description: db.Column(db.Text, { nullable: false, default: '' }),
    // Money is a whole number of cents: binary fractions cannot hold 0.10.
    cents: db.Column(db.Integer, { nullable: false }),
    stock: db.Column(db.Integer, { nullable: false, default: 0 }),
    picture: db.Column(db.String(80)),
    isPublished: db.Column(db.Boolean, { nullable: false, default: true }),
    updatedAt: db.Column(db.DateTime, {
      nullable: false,
      default: () => new Date(),
      onupdate: () => new Date(),
    }),
    categoryId: db.Column(db.Integer, db.ForeignKey('category.id'), { nullable: false, index: true }),
    // Comes with every product, by one more query for all of them rather than one for each.
    category: () => db.one(Category, { lazy: 'joined', innerjoin: true }),
  })
  .as<Product>() {
  get isSoldOut(): boolean {
    return this.stock === 0
  }
}

export const ROLES = ['customer', 'editor', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** Somebody who can log in. */
export class Account extends db
  .Model('account', {
    id: db.Column(db.Integer, { primaryKey: true }),
    email: db.Column(db.String(200), { unique: true, nullable: false }),
    fullName: db.Column(db.String(120), { nullable: false }),
    passwordHash: db.Column(db.String(200), { nullable: false }),
    role: db.Column(db.Enum(ROLES, { name: 'role' }), { nullable: false, default: 'customer' }),
    orders: () => db.many(Order, { backPopulates: 'account', orderBy: () => Order.id.desc() }),
  })
  .as<Account>() {
  /** Hashing takes its time on purpose; the async variants spend it beside the event loop. */
  async setPassword(password: string): Promise<void> {
    this.passwordHash = await generatePasswordHashAsync(password)
  }

  checkPassword(password: string): Promise<boolean> {
    return checkPasswordHashAsync(this.passwordHash, password)
  }

  /** Each role may do what those before it may. */
  may(role: Role): boolean {
    return ROLES.indexOf(this.role) >= ROLES.indexOf(role)
  }
}

/** What somebody bought. Guests may buy, too: then there is no account. */
export class Order extends db
  .Model('order', {
    id: db.Column(db.Integer, { primaryKey: true }),
    fullName: db.Column(db.String(120), { nullable: false }),
    email: db.Column(db.String(200), { nullable: false }),
    address: db.Column(db.String(300), { nullable: false }),
    country: db.Column(db.CHAR(2), { nullable: false }),
    createdAt: db.Column(db.DateTime, { nullable: false, default: () => new Date() }),
    accountId: db.Column(db.Integer, db.ForeignKey('account.id'), { index: true }),
    account: () => db.one(Account, { backPopulates: 'orders' }),
    lines: () => db.many(OrderLine, { cascade: 'all, delete-orphan', lazy: 'selectin' }),
  })
  .as<Order>() {
  get total(): number {
    return this.lines.reduce((sum, line) => sum + line.cents * line.count, 0)
  }
}

/** Title and price are copied: the order stays what it was when the product changes. */
export class OrderLine extends db.Model('order_line', {
  id: db.Column(db.Integer, { primaryKey: true }),
  orderId: db.Column(db.Integer, db.ForeignKey('order.id'), { nullable: false, index: true }),
  productId: db.Column(db.Integer, db.ForeignKey('product.id'), { nullable: false }),
  title: db.Column(db.String(120), { nullable: false }),
  cents: db.Column(db.Integer, { nullable: false }),
  count: db.Column(db.Integer, { nullable: false }),
}) {}

/** A page that editors write: about, delivery, imprint. */
export class Page extends db.Model('page', {
  id: db.Column(db.Integer, { primaryKey: true }),
  slug: db.Column(db.String(60), { unique: true, nullable: false }),
  title: db.Column(db.String(120), { nullable: false }),
  body: db.Column(db.Text, { nullable: false }),
}) {}
