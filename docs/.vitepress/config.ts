import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { defineConfig } from 'vitepress'

const DOCS = resolve(import.meta.dirname, '..')

/** The pages of a folder as links, titled as the pages are. */
function pagesOf(folder: string): { text: string; link: string }[] {
  return readdirSync(join(DOCS, folder))
    .filter((name) => name.endsWith('.md') && name !== 'index.md')
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((name) => {
      const [, title = name] = /^# (.*)$/m.exec(readFileSync(join(DOCS, folder, name), 'utf8')) ?? []
      return { text: title, link: `/${folder}/${name.replace(/\.md$/, '')}` }
    })
}

/** The guide's pages in the order in which one would read them. */
const GUIDE = [
  'routing',
  'requests',
  'responses',
  'templates',
  'sessions',
  'errors',
  'blueprints',
  'config',
  'testing',
  'cli',
  'debugging',
  'async',
  'views',
  'signals',
  'extensions',
]

function guide(): { text: string; link: string }[] {
  const place = ({ link }: { link: string }): number => GUIDE.indexOf(link.slice('/guide/'.length))
  return pagesOf('guide').sort((a, b) => place(a) - place(b))
}

/** Pages of the first level by name, as far as they are there. */
function pages(...names: readonly string[]): { text: string; link: string }[] {
  const there = new Map(pagesOf('.').map((page) => [page.link.slice('/./'.length), page.text]))
  return names.filter((name) => there.has(name)).map((name) => ({ text: there.get(name)!, link: `/${name}` }))
}

// biome-ignore lint/style/noDefaultExport: VitePress reads the default export
export default defineConfig({
  title: 'flask-ts',
  description: 'Flask in TypeScript',
  lang: 'en',
  cleanUrls: false,
  // Links to files of the repository beside the pages, and to what is built elsewhere.
  ignoreDeadLinks: [/\.\.\//, /^\/llms/],
  markdown: {
    config(md) {
      const { code_inline: inline } = md.renderer.rules
      // Jinja in a line of text is not for Vue.
      md.renderer.rules.code_inline = (...args) => inline!(...args).replace('<code', '<code v-pre')
    },
  },
  srcExclude: ['node_modules/**', 'README.md'],
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Quickstart', link: '/quickstart' },
      { text: 'Tutorial', link: '/tutorial/1-setup' },
      { text: 'Coming from Flask', link: '/coming-from-flask' },
      { text: 'Reference', link: '/api/' },
    ],
    sidebar: [
      { text: 'Start', items: pages('quickstart', 'coming-from-flask', 'flask-names', 'migration') },
      { text: 'Tutorial', collapsed: true, items: pagesOf('tutorial') },
      { text: 'Guide', items: guide() },
      { text: 'Packages', items: pagesOf('packages') },
      {
        text: 'In production',
        items: pages(
          'deployment',
          'gunicorn-settings',
          'security',
          'cors-messages',
          'jinja-tools',
          'performance',
        ),
      },
      { text: 'Inside', items: pages('design', 'wsgi-specification', 'jinja-score', 'dependencies') },
      { text: 'Reference', collapsed: true, items: pagesOf('api') },
    ],
  },
})
