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

function python(script: string, args: readonly string[], input: string): number {
  const options = { input, encoding: 'utf8' } as const
  const { stdout, stderr, status } = spawnSync('/usr/bin/python3', [`${folder}${script}`, ...args], options)
  if (status !== 0) throw new Error(`bench: Python's Jinja failed:\n${stderr}`)
  return JSON.parse(stdout).perSecond
}

/** Renders per second of Python's Jinja. */
export function pythonJinja(page: string, data: object, seconds: number): number {
  return python('python_jinja.py', [page, String(seconds)], JSON.stringify(data))
}

/** Compilations per second of Python's Jinja. */
export function pythonCompiles(source: string, seconds: number): number {
  return python('python_compile.py', [String(seconds)], source)
}

/** What compiles a page of Jinja's language anew at each call, by the engine's name. */
export function compilers(page: string): Readonly<Record<string, () => unknown>> {
  const environment = new Environment({ autoescape: true })
  const nunjucksEnvironment = new nunjucks.Environment(null, { autoescape: true })
  return {
    'flask-ts jinja': () => environment.fromString(page),
    'Nunjucks 3': () => nunjucks.compile(page, nunjucksEnvironment, '', true),
  }
}

/** Bytes of heap that a thousand cached templates of 21 lines keep, measured in a process of its own. */
export function memoryOfTemplates(): number {
  const args = ['--expose-gc', `${folder}memory.ts`]
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`bench: measuring memory failed:\n${stderr}`)
  return JSON.parse(stdout).bytes
}
