/** The wish list: kept in the browser, priced by the shop. */
import { quote } from './api.js'
import { h, money } from './dom.js'

const place = document.querySelector('#wishes')
const wishes = new Map(JSON.parse(localStorage.getItem('wishes') ?? '[]'))

export function wish({ slug, title }) {
  wishes.set(slug, { title, count: (wishes.get(slug)?.count ?? 0) + 1 })
  save()
}

function unwish(slug) {
  wishes.delete(slug)
  save()
}

function save() {
  localStorage.setItem('wishes', JSON.stringify([...wishes]))
  showWishes()
}

export async function showWishes() {
  const lines = [...wishes].map(([slug, { title, count }]) =>
    h('li', {}, `${count} × `, h('a', { href: `/browse/${slug}` }, title), ' ',
      h('button', { onclick: () => unwish(slug), 'aria-label': `Remove ${title}` }, '×')),
  )
  const total = h('b', { class: 'price' }, '…')
  place.replaceChildren(
    h('h2', {}, 'Wish list'),
    lines.length > 0 ? h('ul', { class: 'plain' }, lines) : h('p', {}, 'Nothing yet.'),
    lines.length > 0 && h('p', { class: 'total' }, 'Total ', total),
  )
  if (lines.length === 0) return
  const { total: cents } = await quote([...wishes].map(([slug, { count }]) => ({ slug, count })))
  total.textContent = money(cents)
}
