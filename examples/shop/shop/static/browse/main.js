/** The router: the address says what is shown, so that every view can be linked to, and Back works. */
import { h } from './dom.js'
import { detail, list } from './views.js'
import { showWishes } from './wishes.js'

const view = document.querySelector('#view')
const input = document.querySelector('input[name=q]')
let current = new AbortController()

async function show() {
  current.abort()
  current = new AbortController()
  const { signal } = current
  const { pathname, searchParams } = new URL(location)
  const slug = decodeURIComponent(pathname.slice('/browse/'.length))
  const search = { q: searchParams.get('q') ?? '', category: searchParams.get('category') ?? '' }
  document.title = 'Browse – Small Things'
  if (document.activeElement !== input) input.value = search.q
  try {
    const elements = await (slug === '' ? list(search, signal) : detail(slug))
    if (!signal.aborted) view.replaceChildren(...elements)
  } catch (error) {
    if (!signal.aborted) view.replaceChildren(h('p', { class: 'flash error' }, error.message))
  }
}

function go(url, { replace = false } = {}) {
  history[replace ? 'replaceState' : 'pushState'](null, '', url)
  show()
}

// Links within this page change the address without loading it anew; others, and new tabs, are the browser's.
document.addEventListener('click', (event) => {
  const link = event.target.closest('a')
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey
  if (!link?.pathname.startsWith('/browse/') || link.origin !== location.origin || !isPlain) return
  event.preventDefault()
  go(link.href)
})

let typing
input.addEventListener('input', () => {
  clearTimeout(typing)
  typing = setTimeout(() => {
    const category = new URLSearchParams(location.search).get('category') ?? ''
    go(`/browse/?${new URLSearchParams({ q: input.value, category })}`, { replace: true })
  }, 150)
})
input.form.addEventListener('submit', (event) => event.preventDefault())

addEventListener('popstate', show)
showWishes()
show()
