import type { Page } from './pages.ts'

function titleOf({ text, path }: Page): string {
  return /^# (.*)$/m.exec(text)?.[1] ?? path
}

/** The first paragraph behind the title, on one line. */
function leadOf({ text }: Page): string {
  const body = text.replace(/^# .*\n/m, '').trim()
  const [paragraph = ''] = body.split(/\n\s*\n/)
  const line = paragraph.replace(/\s+/g, ' ').replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
  return /^(?!```)[A-Za-z`]/.test(line) ? (/^.*?[.:](?= |$)/.exec(line)?.[0] ?? line) : ''
}

function line(page: Page): string {
  const url = page.path.replace(/^docs/, '').replace(/\.md$/, '.html')
  const lead = leadOf(page)
  return `- [${titleOf(page)}](${url})${lead === '' ? '' : `: ${lead}`}`
}

const SECTIONS: readonly (readonly [title: string, belongs: (path: string) => boolean])[] = [
  ['Start', (path) => /^docs\/(quickstart|coming-from-flask|flask-names|migration)\.md$/.test(path)],
  ['Tutorial', (path) => path.startsWith('docs/tutorial/')],
  ['Guide', (path) => path.startsWith('docs/guide/')],
  ['Packages', (path) => path.startsWith('docs/packages/')],
  ['Reference', (path) => path.startsWith('docs/api/')],
  ['More', () => true],
]

/**
 * The index of the documentation for language models, in the form of https://llmstxt.org.
 *
 * @param pages - All pages below `docs/`, generated ones included.
 */
export function llmsIndex(pages: readonly Page[]): string {
  const left = new Set(pages.filter(({ path }) => path !== 'docs/index.md'))
  const sections = SECTIONS.map(([title, belongs]) => {
    const own = [...left].filter(({ path }) => belongs(path))
    for (const page of own) left.delete(page)
    return `## ${title}\n\n${own.map(line).join('\n')}`
  })
  return `# flask-ts

> Flask in TypeScript: the framework with Jinja, Werkzeug, ItsDangerous, SQLAlchemy, Flask-CORS and Gunicorn as one family
> of packages. Python's names in camelCase, keyword arguments as one object, a view's URL variables as one object, and
> \`tuple(body, status, headers)\` where Python returns a tuple. Node 24 or newer, ESM, no build step.

${sections.join('\n\n')}
`
}

/** All pages in one text, for a model that shall read everything. */
export function llmsFull(pages: readonly Page[]): string {
  return pages.map(({ path, text }) => `<!-- ${path} -->\n\n${text.trim()}\n`).join('\n')
}
