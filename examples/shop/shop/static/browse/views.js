/** What the page shows for an address. Each view gives its elements. */
import * as api from './api.js'
import { h, money } from './dom.js'
import { wish } from './wishes.js'

const picture = ({ picture }) => picture && h('img', { src: picture, alt: '', width: 400, height: 300 })

const card = (product) =>
  h('li', {}, h('a', { class: 'card', href: `/browse/${product.slug}` },
    picture(product), h('h2', {}, product.title), h('p', { class: 'price' }, money(product.cents))))

const chip = ({ slug, title }, search) =>
  h('a', { href: `/browse/?${new URLSearchParams({ q: search.q, category: slug })}`,
    'aria-current': slug === search.category && 'true' }, title)

/** The products that match, and a button that adds the next page below. */
export async function list(search, signal) {
  const [categories, first] = await Promise.all([api.categories(), api.products(search, signal)])
  const cards = h('ul', { class: 'cards' }, first.items.map(card))
  let { page, pages } = first
  const more = h('button', {
    async onclick() {
      const next = await api.products({ ...search, page: page + 1 })
      ;({ page, pages } = next)
      cards.append(...next.items.map(card))
      more.hidden = page >= pages
    },
  }, 'More')
  more.hidden = page >= pages
  return [
    h('nav', { class: 'chips', 'aria-label': 'Categories' },
      [{ slug: '', title: 'All' }, ...categories].map((category) => chip(category, search))),
    first.total === 0 ? h('p', {}, 'Nothing here. Perhaps with other words?') : cards,
    h('p', { class: 'row' }, more),
  ]
}

export async function detail(slug) {
  const product = await api.product(slug)
  document.title = `${product.title} – Small Things`
  return [
    h('p', { class: 'crumb' }, h('a', { href: `/browse/?category=${product.category.slug}` }, product.category.title)),
    h('h1', {}, product.title),
    h('div', { class: 'picture' }, picture(product) ?? ''),
    h('p', { class: 'lead' }, product.summary),
    h('p', { class: 'price' }, money(product.cents)),
    h('p', { class: 'row' },
      h('button', { class: 'main', onclick: () => wish(product) }, 'Wish for it'),
      h('a', { class: 'button', href: `/products/${product.slug}` }, 'To the shop')),
  ]
}
