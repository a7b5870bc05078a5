import { copyFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { currentApp } from 'flask-ts'
import { db } from '../database.ts'
import { Account, Category, Page, Product } from '../models.ts'
import { CATEGORIES, PAGES, PRODUCTS } from './content.ts'

const PICTURES = join(import.meta.dirname, 'pictures')

/** Logins to try the shop with. A real one has none that everybody knows: it has `flask create-admin`. */
export const EXAMPLE_ACCOUNTS = [
  { email: 'admin@example.com', fullName: 'Alma Admin', role: 'admin', password: 'open-sesame' },
  { email: 'editor@example.com', fullName: 'Edgar Editor', role: 'editor', password: 'open-sesame' },
] as const

/**
 * Fills an empty shop with products, pictures and pages.
 *
 * @param options - `logins` adds the example accounts.
 * @returns False if there are products already: then nothing is changed.
 */
export async function seed(options: { readonly logins?: boolean } = {}): Promise<boolean> {
  if ((await Product.query.first()) !== null) return false
  for (const name of readdirSync(PICTURES)) {
    copyFileSync(join(PICTURES, name), join(currentApp.config.UPLOAD_FOLDER, name))
  }
  const categories = new Map(CATEGORIES.map((values) => [values.slug as string, new Category(values)]))
  for (const { category, ...values } of PRODUCTS) {
    db.session.add(
      new Product({ ...values, picture: `${values.slug}.svg`, category: categories.get(category)! }),
    )
  }
  db.session.addAll(PAGES.map((values) => new Page(values)))
  for (const { password, ...values } of options.logins ? EXAMPLE_ACCOUNTS : []) {
    const account = new Account({ ...values, passwordHash: '' })
    await account.setPassword(password)
    db.session.add(account)
  }
  await db.session.commit()
  return true
}
