import { db } from './database.ts'
import { Category, Product } from './models.ts'

/** What visitors look for. */
export interface Search {
  /** Every word must be in the title, the summary or the description. */
  readonly text: string
  /** The slug of a category; all categories if it is empty. */
  readonly category: string
  /** `price`, `-price`, or by title. */
  readonly sort?: string
}

/** The published products that match, as a query: the caller pages it. */
export function searchProducts({ text, category, sort }: Search) {
  let query = Product.query.filter(Product.isPublished.eq(true))
  for (const word of text.split(/\s+/).filter(Boolean).slice(0, 8)) {
    // `autoescape` has a percent sign in the word mean just that.
    const inText = [Product.title, Product.summary, Product.description].map((column) =>
      column.icontains(word, { autoescape: true }),
    )
    query = query.filter(db.or(...inText))
  }
  if (category !== '') query = query.filter(Product.category.has(Category.slug.eq(category)))
  if (sort === 'price') return query.orderBy(Product.cents, Product.title)
  if (sort === '-price') return query.orderBy(Product.cents.desc(), Product.title)
  return query.orderBy(Product.title)
}
