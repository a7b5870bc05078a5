/** The template engines that are measured: each gives a function that renders a page. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Environment, FileSystemLoader } from '@flask-ts/jinja'
import { Template as HuggingfaceTemplate } from '@huggingface/jinja'
import ejs from 'ejs'
import { Eta } from 'eta'
import { Environment as MiniJinja } from 'minijinja-js'
import nunjucks from 'nunjucks'
import { handWritten } from './hand-written.ts'

/** Renders one page. */
export type Render = () => unknown

const folder = new URL('.', import.meta.url).pathname

function source(kind: string, name: string): string {
  return readFileSync(`${folder}${kind}/${name}`, 'utf8')
}

/** An engine by name; it gives `undefined` for a page that its language cannot express. */
export interface TemplateEngine {
  readonly name: string
  prepare(page: string, data: object): Render | undefined
}

const jinjaPages = ['fortunes', 'base', 'section', 'inheritance', 'form', 'table']

function ours(): TemplateEngine {
  // As in production, and as the others do it: nobody asks the file system whether a template has changed.
  const environment = new Environment({
    loader: new FileSystemLoader(`${folder}jinja`),
    autoescape: true,
    autoReload: false,
  })
  return {
    name: 'flask-ts jinja',
    prepare(page, data) {
      const template = environment.getTemplate(`${page}.html`)
      return () => template.render(data)
    },
  }
}

function eta(): TemplateEngine {
  const engine = new Eta({ cache: true })
  for (const name of ['fortunes', 'base', 'section', 'inheritance', 'form', 'field', 'table']) {
    engine.loadTemplate(`@${name}`, source('eta', `${name}.eta`))
  }
  return { name: 'Eta 4', prepare: (page, data) => () => engine.render(`@${page}`, data) }
}

function ejsEngine(): TemplateEngine {
  return {
    name: 'EJS',
    prepare(page, data) {
      const filename = `${folder}ejs/${page}.ejs`
      const template = ejs.compile(source('ejs', `${page}.ejs`), { filename, cache: true })
      return () => template(data as ejs.Data)
    },
  }
}

function nunjucksEngine(): TemplateEngine {
  const environment = nunjucks.configure(`${folder}jinja`, { autoescape: true })
  return {
    name: 'Nunjucks 3',
    prepare(page, data) {
      const template = environment.getTemplate(`${page}.html`, true)
      return () => template.render(data)
    },
  }
}

function minijinja(): TemplateEngine {
  const environment = new MiniJinja()
  for (const page of jinjaPages) environment.addTemplate(`${page}.html`, source('jinja', `${page}.html`))
  return {
    name: 'minijinja-js',
    prepare: (page, data) => () => environment.renderTemplate(`${page}.html`, data),
  }
}

function huggingface(): TemplateEngine {
  return {
    name: '@huggingface/jinja',
    prepare(page, data) {
      // It has no inheritance and does not escape.
      if (page === 'inheritance') return undefined
      const template = new HuggingfaceTemplate(source('jinja', `${page}.html`))
      return () => template.render(data as Record<string, unknown>)
    },
  }
}

/** The engines that run in this process, ours first, the hand-written limit second. */
export function engines(): readonly TemplateEngine[] {
  return [
    ours(),
    {
      name: 'hand-written',
      prepare: (page, data) => () => handWritten[page]!(data as Record<string, never>),
    },
    eta(),
    ejsEngine(),
    nunjucksEngine(),
    minijinja(),
    huggingface(),
  ]
}

/** Renders per second of Python's Jinja. */
export function pythonJinja(page: string, data: object, seconds: number): number {
  const { stdout, stderr, status } = spawnSync(
    '/usr/bin/python3',
    [`${folder}python_jinja.py`, page, String(seconds)],
    {
      input: JSON.stringify(data),
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(`bench: Python's Jinja failed:\n${stderr}`)
  return JSON.parse(stdout).perSecond
}
