/** The limit: the same pages built by hand, with the same escaping. */
import { escapeText } from '@flask-ts/markupsafe'

type Data = Record<string, never>
const e = (value: unknown): string => (typeof value === 'string' ? escapeText(value) : String(value))

interface Field {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly type: string
  readonly required: boolean
}

function fortunes({ fortunes: list }: Data): string {
  let out =
    '<!DOCTYPE html>\n<html>\n<head><title>Fortunes</title></head>\n<body>\n<table>\n<tr><th>id</th><th>message</th></tr>\n'
  for (const fortune of list as { id: number; message: string }[]) {
    out += `<tr><td>${e(fortune.id)}</td><td>${e(fortune.message)}</td></tr>\n`
  }
  return `${out}</table>\n</body>\n</html>`
}

function inheritance({ title, user, nav, products }: Data): string {
  let out = `<!doctype html>\n<title>${e(title)} - Shop</title>\n<nav>`
  for (const item of nav as { href: string; caption: string }[])
    out += `<a href="${e(item.href)}">${e(item.caption)}</a>`
  out += `</nav>\n<main><aside><p>${e((user as { name: string }).name)}</p></aside><section><h1>${e(title)}</h1>`
  let index = 0
  for (const product of products as { name: string; price: number }[]) {
    out += `<p>${++index}. ${e(product.name)}: ${e(product.price)}</p>`
  }
  return `${out}</section></main>\n<footer>The shop, open all day</footer>`
}

function field(f: Field): string {
  return `<p><label for="${e(f.name)}">${e(f.label)}</label><input id="${e(f.name)}" name="${e(f.name)}" type="${e(f.type)}" value="${e(f.value)}"${f.required ? ' required' : ''}></p>\n`
}

function form({ fields }: Data): string {
  let out = '<form method="post">\n'
  for (const f of fields as Field[]) out += field(f)
  return `${out}<button>Send</button>\n</form>`
}

function table({ rows }: Data): string {
  let out = '<table>\n'
  for (const row of rows as unknown[][]) {
    out += '<tr>'
    for (const cell of row) out += `<td>${e(cell)}</td>`
    out += '</tr>\n'
  }
  return `${out}</table>`
}

/** The functions by page. */
export const handWritten: Readonly<Record<string, (data: Data) => string>> = {
  fortunes,
  inheritance,
  form,
  table,
}
