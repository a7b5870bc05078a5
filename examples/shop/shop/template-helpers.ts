import { escape, Markup } from '@flask-ts/markupsafe'
import { type Flask, g, session } from 'flask-ts'
import { formToken } from './form-token.ts'

const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' })
const days = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** A paragraph for each block of lines, and a heading for those that begin with `## `. Everything is escaped. */
export function paragraphs(text: string): Markup {
  const blocks = text.split(/\r?\n\s*\r?\n/).filter((block) => block.trim() !== '')
  const html = blocks.map((block) => {
    const heading = /^## (.+)$/.exec(block.trim())
    return heading ? `<h2>${escape(heading[1]!)}</h2>` : `<p>${escape(block.trim())}</p>`
  })
  return new Markup(html.join('\n'))
}

/** Gives the templates what they use beside Flask's own names. */
export function registerTemplateHelpers(app: Flask): void {
  app.templateFilter('money', (cents: number) => euros.format(cents / 100))
  app.templateFilter('day', (date: Date) => days.format(date))
  app.templateFilter('paragraphs', paragraphs)
  app.templateGlobal('form_token', formToken)
  app.contextProcessor(function shopNames() {
    const counts = Object.values(session.cart ?? {})
    return { account: g.account ?? null, cart_size: counts.reduce((sum, count) => sum + count, 0) }
  })
}
