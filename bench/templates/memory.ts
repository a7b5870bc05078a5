/** Prints how much memory a thousand different cached templates keep, in bytes of heap: run with `--expose-gc`. */
import { DictLoader, Environment } from '@flask-ts/jinja'
import { longPage } from './long-page.ts'

const COUNT = 1000
const LINES = 20

const lines = longPage.split('\n')

/** One section of the long page, made different from all others. */
function page(number: number): string {
  const begin = (number % 50) * LINES
  return `<!-- ${number} -->\n${lines.slice(begin, begin + LINES).join('\n')}`
}

function heap(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

const sources = Object.fromEntries(
  Array.from({ length: COUNT }, (_, number) => [`page-${number}.html`, page(number)]),
)
const environment = new Environment({ loader: new DictLoader(sources), autoescape: true, cacheSize: COUNT })
const data = { title: 'T', user: null, items: [{ name: 'a', price: 1 }], url_for: () => '/' }
environment.fromString(page(0)).render(data)
const before = heap()
let length = 0
for (const name of Object.keys(sources)) length += environment.getTemplate(name).render(data).length
const bytes = heap() - before
console.log(JSON.stringify({ bytes, length, kept: environment.getTemplate('page-0.html').name }))
