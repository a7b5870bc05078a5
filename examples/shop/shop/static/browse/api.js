/** The shop's API, as far as this page uses it. */
const base = document.querySelector('meta[name=api]').content

async function call(path, options) {
  const response = await fetch(base + path, options)
  const body = await response.json()
  if (!response.ok) throw new Error(body.error?.description ?? `The shop answered ${response.status}.`)
  return body
}

export const categories = () => call('/categories')

export const product = (slug) => call(`/products/${encodeURIComponent(slug)}`)

/** @param search - `q`, `category`, `page`; a signal ends a search that a newer one has overtaken. */
export function products(search, signal) {
  const query = new URLSearchParams(Object.entries(search).filter(([, value]) => value))
  return call(`/products?${query}`, { signal })
}

/** @param lines - `[{ slug, count }]` */
export function quote(lines) {
  const headers = { 'Content-Type': 'application/json' }
  return call('/quotes', { method: 'POST', headers, body: JSON.stringify(lines) })
}
