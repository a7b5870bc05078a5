/**
 * Makes an element: `h('a', { href: '/' }, 'Home')`. Text stays text, so nothing needs to be escaped.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (value !== null && value !== false) element.setAttribute(name, value)
  }
  element.append(...children.flat().filter((child) => child !== null && child !== false))
  return element
}

const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' })

export const money = (cents) => euros.format(cents / 100)
