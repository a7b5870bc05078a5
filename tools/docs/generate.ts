/** Writes what is generated of the documentation: `docs/api/`, `docs/public/llms.txt` and `docs/public/llms-full.txt`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { llmsFull, llmsIndex } from './llms.ts'
import { documentationPages, type Page } from './pages.ts'
import { publicApi } from './public-api.ts'
import { pageNameOf, referencePage } from './reference.ts'

const API = 'docs/api'
const PUBLIC = 'docs/public'

const entries = publicApi()
const reference: Page[] = entries.map((entry) => ({
  path: join(API, `${pageNameOf(entry.specifier)}.md`),
  text: referencePage(entry),
}))
const list = entries.map(
  ({ specifier, doc }) =>
    `| [\`${specifier}\`](${pageNameOf(specifier)}.md) | ${doc.split('\n\n')[0]!.replace(/\s+/g, ' ')} |`,
)
reference.push({
  path: join(API, 'index.md'),
  text: `# Reference\n\nEvery public name of every package, from the doc comments.\n\n| entry | what it has |\n|---|---|\n${list.join('\n')}\n`,
})

rmSync(API, { recursive: true, force: true })
mkdirSync(API, { recursive: true })
mkdirSync(PUBLIC, { recursive: true })
for (const { path, text } of reference) writeFileSync(path, text)

const written = documentationPages().filter(({ path }) => path.startsWith('docs/'))
writeFileSync(join(PUBLIC, 'llms.txt'), llmsIndex([...written, ...reference]))
writeFileSync(join(PUBLIC, 'llms-full.txt'), llmsFull(written))
console.log(`${reference.length} pages of reference, ${written.length} pages in llms.txt`)
