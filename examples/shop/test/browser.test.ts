/**
 * A walk through the shop in Chromium, as `npm start` serves it.
 *
 * With `SHOP_PICTURES=FOLDER` it keeps pictures of the pages on the way.
 */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { type Browser, chromium, type Page } from 'playwright-core'
import { StartedShop } from './started-shop.ts'

const CHROMIUM = '/usr/bin/chromium'
const skip =
  existsSync(CHROMIUM) || process.env.CI === 'true' ? false : 'skipped: there is no Chromium on this machine'
const pictures = process.env.SHOP_PICTURES

const desktop = { width: 1200, height: 800 }
const phone = { width: 390, height: 780 }

suite('a walk through the shop', { skip, concurrency: false }, () => {
  let shop: StartedShop
  let browser: Browser
  let page: Page
  const problems: string[] = []

  before(async () => {
    shop = await StartedShop.start()
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'],
    })
    page = await browser.newPage({ baseURL: shop.url, viewport: desktop })
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && !/422|404/.test(message.text())) problems.push(message.text())
    })
  })

  after(async () => {
    await browser?.close()
    await shop?.stop()
  })

  /** A picture of what is seen now, kept if pictures are wanted. */
  async function picture(name: string): Promise<Buffer> {
    await page.waitForLoadState('networkidle')
    const path = pictures === undefined ? undefined : join(pictures, `shop-${name}.png`)
    return await page.screenshot({ ...(path && { path }) })
  }

  test('the front page looks well in light and dark, on desktop and phone', async () => {
    await page.goto('/')
    const seen = new Set<string>()
    for (const [size, viewport] of Object.entries({ desktop, phone })) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize(viewport)
        await page.emulateMedia({ colorScheme })
        seen.add((await picture(`${size}-${colorScheme}`)).toString('base64'))
        const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
        assert.ok((overflow as number) <= 0, `${size} scrolls sideways by ${overflow} pixels`)
      }
    }
    assert.equal(seen.size, 4)
    await page.setViewportSize(desktop)
    await page.emulateMedia({ colorScheme: 'light' })
  })

  test('search', async () => {
    await page.getByRole('searchbox').fill('porcelain')
    await page.getByRole('searchbox').press('Enter')
    await page.getByRole('heading', { name: '1 thing for “porcelain”' }).waitFor()
    await page.getByRole('link', { name: 'Round teapot' }).click()
    await page.getByRole('heading', { name: 'Round teapot', exact: true }).waitFor()
    await picture('product')
  })

  test('cart', async () => {
    await page.getByLabel('Count').fill('2')
    await page.getByRole('button', { name: 'Add to cart' }).click()
    await page.getByText('“Round teapot” is in your cart.').waitFor()
    await page.goto('/products/pencils')
    await page.getByRole('button', { name: 'Add to cart' }).click()
    await page.getByText('€104.90').waitFor()
    await picture('cart')
  })

  test('register, with the cart kept', async () => {
    await page.getByRole('link', { name: 'Log in' }).click()
    await page.getByRole('link', { name: 'Make an account.' }).click()
    await page.getByLabel('Name').fill('Wanda Walker')
    await page.getByLabel('E-mail').fill('wanda@example.com')
    await page.getByLabel('Password').fill('short')
    await page.getByRole('button', { name: 'Register' }).click()
    await page.getByText('At least 8 characters, please.').waitFor()
    await page.getByLabel('Password').fill('a long walk')
    await page.getByRole('button', { name: 'Register' }).click()
    await page.getByText('Welcome, Wanda Walker!').waitFor()
    await page.getByLabel('3 in it').waitFor()
  })

  test('checkout, with one mistake on the way', async () => {
    await page.getByRole('link', { name: 'Cart' }).click()
    await page.getByRole('link', { name: 'Check out' }).click()
    assert.equal(await page.getByLabel('Name').inputValue(), 'Wanda Walker')
    await page.getByLabel('Street and town').fill('Lane 4, Walkertown')
    await page.getByRole('button', { name: 'Buy for €104.90' }).click()
    await page.getByText('Please accept the terms.').waitFor()
    await picture('checkout')
    await page.getByLabel('I accept the terms').check()
    await page.getByRole('button', { name: 'Buy for €104.90' }).click()
    await page.getByText('Thank you! Your order is on its way.').waitFor()
    await page.getByText('2 × Round teapot').waitFor()
  })

  test('the admin edits a product, and uploads a picture of it', async () => {
    await page.getByRole('link', { name: 'Account' }).click()
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.goto('/admin/products/')
    await page.getByLabel('E-mail').fill('admin@example.com')
    await page.getByLabel('Password').fill('open-sesame')
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByRole('link', { name: 'Stoneware mug' }).click()
    await page.getByLabel('Title').fill('Very large mug')
    await page.getByLabel('New picture').setInputFiles({
      name: 'mug.png',
      mimeType: 'image/png',
      buffer: await drawn('mug.svg'),
    })
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('“Very large mug” is saved.').waitFor()
    await picture('admin')
    await page.getByRole('link', { name: 'See it in the shop' }).click()
    await page.waitForLoadState()
    assert.equal(await page.evaluate("document.querySelector('.product img').naturalWidth"), 400)
    assert.match((await page.locator('.product img').getAttribute('src')) ?? '', /\.png$/)
  })

  /** One of the pictures of the shop as a PNG. */
  async function drawn(name: string): Promise<Buffer> {
    const svg = readFileSync(join(import.meta.dirname, '../shop/seed/pictures', name), 'utf8')
    const other = await browser.newPage({ viewport: { width: 400, height: 300 } })
    await other.setContent(`<body style="margin:0">${svg}`)
    const png = await other.screenshot()
    await other.close()
    return png
  }

  test('the admin edits a page', async () => {
    await page.getByRole('link', { name: 'Delivery' }).click()
    await page.getByRole('link', { name: 'Edit this page' }).click()
    await page.getByLabel('Text').fill('By bicycle.\n\n## How fast?\n\nVery.')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'How fast?' }).waitFor()
  })

  test('the single-page front end searches while typing, and wishes', async () => {
    await page.getByRole('link', { name: 'Browse' }).click()
    await page.locator('.card').first().waitFor()
    await page.getByRole('searchbox').pressSequentially('mug')
    await page.locator('.card').nth(1).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Very large mug' }).click()
    await page.getByRole('button', { name: 'Wish for it' }).click()
    await page.locator('#wishes').getByText('€18.50').waitFor()
    assert.match(page.url(), /\/browse\/mug$/)
    await page.goto('/browse/')
    await page.locator('.card').nth(11).waitFor()
    await picture('browse')
  })

  test('a link into the single-page front end works', async () => {
    await page.goto('/browse/clock')
    await page.getByRole('heading', { name: 'Silent clock' }).waitFor()
  })

  test('nothing was refused or thrown on the way', () => {
    assert.deepEqual(problems, [])
  })
})
