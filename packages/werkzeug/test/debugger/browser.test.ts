import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { after, before, suite, test } from 'node:test'
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import { ServedProgram } from '../dev-server/served-program.ts'

const CHROMIUM = '/usr/bin/chromium'
const isThere = existsSync(CHROMIUM)
const skip = isThere || process.env.CI === 'true' ? false : 'skipped: there is no Chromium on this machine'

const FLASK = import.meta.resolve('flask-ts')
const VIEWS = import.meta.resolve('flask-ts/views')

const PROGRAM = `
import { Flask, renderTemplate, request } from '${FLASK}'
import { MethodView } from '${VIEWS}'
const app = new Flask(import.meta)
function innermost(depth: number): string {
  const word = 'deep'
  throw new RangeError(\`too \${word} by \${depth}\`)
}
function middle(depth: number): string {
  let note = 'unchanged'
  const shout = (text: string): string => text.toUpperCase() + note
  return innermost(depth + 1) + shout('x')
}
app.route('/deep', function deepView() {
  const start = Number(request.args.get('start') ?? 1)
  return middle(start)
})
async function later(id: number): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 1))
  const key = \`user:\${id}\`
  throw new TypeError('no ' + key)
}
app.route('/async', async function asyncView() {
  const id = 7
  const greeting = 'hi ' + (await later(id))
  return greeting
})
app.route('/template', function templateView() {
  const prices = [3, 4]
  return renderTemplate('page.html', { prices, check(price: number) { throw new Error('bad price ' + price) } })
})
class Shelf extends MethodView {
  size = 3
  get() { const wanted = 'book'; throw new Error('no ' + wanted + ' of ' + this.size) }
}
app.addUrlRule('/shelf', { viewFunc: Shelf.asView('shelf') })
app.beforeRequest(function gate() {
  if (request.path !== '/hook') return
  const reason = 'closed'
  throw new Error('the gate is ' + reason)
})
app.route('/xss', function xssView() {
  const evil = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
  throw new Error('</script><script>document.title=3</script>' + evil)
})
await app.run({ debug: true, port: 0 })
`
const TEMPLATE = '<ul>\n{% for price in prices %}\n  <li>{{ check(price) }}</li>\n{% endfor %}\n</ul>\n'

suite('the debugger in Chromium', { skip, concurrency: false }, () => {
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let served: ServedProgram
  const troubles: string[] = []

  before(async () => {
    served = new ServedProgram({ 'app.ts': PROGRAM, 'templates/page.html': TEMPLATE }).start(['app.ts'])
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'],
    })
    context = await browser.newContext()
    page = await context.newPage()
    page.on('pageerror', (error) => troubles.push(error.message))
    page.on('console', (message) => {
      // A failed request is told by the browser itself; what the page must not do is break its own policy.
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
        troubles.push(message.text())
    })
  })
  after(async () => {
    await browser?.close()
    await served?.[Symbol.asyncDispose]()
  })

  async function open(path: string): Promise<void> {
    await page.goto((await served.base()) + path)
  }

  async function frame(name: string): Promise<Locator> {
    const found = page
      .locator('details.frame', { has: page.locator(`summary .fn:text-is("${name}")`) })
      .first()
    if ((await found.getAttribute('open')) === null) await found.locator('> summary').click()
    return found
  }

  async function evaluate(where: Locator, source: string): Promise<string> {
    const input = where.locator('textarea')
    const answer = where.locator('.log .out')
    const dialog = page.locator('dialog[open]')
    const known = await answer.count()
    const hasAnswer = async (): Promise<boolean> => (await answer.count()) > known
    await input.fill(source)
    await input.press('Enter')
    const locked = async (): Promise<boolean> => (await dialog.count()) > 0
    await served.eventually(
      async () => ((await locked()) || (await hasAnswer()) ? true : undefined),
      'an answer',
    )
    if (await locked()) {
      await dialog.locator('input').fill(await served.pin())
      await dialog.locator('input').press('Enter')
      await served.eventually(async () => ((await hasAnswer()) ? true : undefined), 'an answer after the PIN')
    }
    return (await answer.last().textContent())!
  }

  test('three frames deep: each can be opened, read, changed and called in', async () => {
    await open('/deep?start=5')
    assert.equal(await page.locator('header .message').textContent(), 'too deep by 6')
    assert.equal(await evaluate(await frame('innermost'), '[word, depth]'), "[ 'deep', 6 ]")
    const middle = await frame('middle')
    assert.equal(await evaluate(middle, 'note = "changed"'), "'changed'")
    assert.equal(await evaluate(middle, 'shout("y")'), "'Ychanged'")
    assert.equal(await evaluate(await frame('deepView'), 'request.path + start'), "'/deep5'")
  })

  test('an async view and what it waits for, after an await', async () => {
    await open('/async')
    assert.equal(await evaluate(await frame('later'), '[id, key]'), "[ 7, 'user:7' ]")
    assert.equal(await evaluate(await frame('asyncView'), 'await Promise.resolve(id + 1)'), '8')
  })

  test('a template, with its own line and variables', async () => {
    await open('/template')
    const template = await frame('top-level template code')
    assert.match((await template.locator('summary .where').textContent())!, /templates\/page\.html:3$/)
    assert.match((await template.locator('tr.now').textContent())!, /check\(price\)/)
    assert.equal(await evaluate(template, '[price, prices]'), '[ 3, [ 3, 4 ] ]')
    assert.equal(await evaluate(await frame('templateView'), 'prices.length'), '2')
  })

  test('a MethodView and a hook', async () => {
    await open('/shelf')
    assert.equal(await evaluate(await frame('Shelf.get'), '[wanted, this.size]'), "[ 'book', 3 ]")
    await open('/hook')
    const gate = page.locator('details.frame[open]').first()
    assert.equal(await evaluate(gate, 'reason'), "'closed'")
  })

  test('what an attacker writes is text', async () => {
    await open('/xss')
    const title = await page.title()
    assert.match(title, /^Error: <\/script><script>document\.title=3/)
    assert.match((await page.locator('dl.names').first().textContent())!, /<img src=x onerror=/)
    const out = await evaluate(page.locator('details.frame[open]').first(), 'evil')
    assert.match(out, /<script>document\.title=2/)
    assert.equal(await page.title(), title)
    assert.equal(await page.locator('img').count(), 0)
  })

  test('the keyboard alone is enough: frames, console, history, completion', async () => {
    await open('/deep')
    await page.locator('details.frame > summary').first().focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.keyboard.press('c')
    const middle = await frame('middle')
    await page.keyboard.type('sho')
    await page.keyboard.press('Tab')
    const input = middle.locator('textarea')
    await served.eventually(
      async () => ((await input.inputValue()) === 'shout' ? true : undefined),
      'completion',
    )
    await page.keyboard.type("('z')")
    await page.keyboard.press('Enter')
    await middle.locator('.log .out').waitFor()
    assert.equal(await middle.locator('.log .out').textContent(), "'Zunchanged'")
    await page.keyboard.press('ArrowUp')
    assert.equal(await input.inputValue(), "shout('z')")
    await page.keyboard.press('Escape')
    assert.equal(await page.evaluate('document.activeElement.tagName'), 'SUMMARY')
  })

  test('the page fits a phone', async () => {
    const phone = await browser.newPage({ viewport: { width: 360, height: 740 }, isMobile: true })
    await phone.goto(`${await served.base()}/deep`)
    assert.ok(Number(await phone.evaluate('document.documentElement.scrollWidth')) <= 360)
    await phone.close()
  })

  test('ten wrong PINs lock the consoles', async () => {
    await context.clearCookies()
    await open('/deep')
    const first = page.locator('details.frame[open]').first()
    await first.locator('textarea').fill('1')
    await first.locator('textarea').press('Enter')
    const dialog = page.locator('dialog[open]')
    const wrong = dialog.locator('.wrong')
    for (let count = 1; count <= 10; count++) {
      const answered = page.waitForResponse(/__debugger__\/pin/)
      await dialog.locator('input').fill(`0${count}`)
      await dialog.locator('input').press('Enter')
      await answered
    }
    await dialog.locator('.wrong:has-text("Too many wrong PINs")').waitFor()
    const answered = page.waitForResponse(/__debugger__\/pin/)
    await dialog.locator('input').fill(await served.pin())
    await dialog.locator('input').press('Enter')
    await answered
    assert.match((await wrong.textContent())!, /Too many wrong PINs/)
  })

  test('a page in the browser loads again when the program is mended', async () => {
    await open('/deep')
    served.write(
      'app.ts',
      PROGRAM.replace("'no ' + key", "'no such ' + key").replace('throw new RangeError', 'return String'),
    )
    await served.eventually(
      async () => ((await page.locator('header').count()) === 0 ? true : undefined),
      'the page to load again',
    )
  })

  test('no page broke its own policy, or failed', () => {
    assert.deepEqual(troubles, [])
  })
})
