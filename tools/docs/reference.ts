import { type Declaration, membersOf } from './declarations.ts'
import { readDocComment } from './doc-comment.ts'
import type { Entry, PublicSymbol } from './public-api.ts'

const KINDS = [
  ['Functions', /^(?:export )?(?:declare )?function /],
  ['Classes', /^(?:export )?(?:declare )?(?:abstract )?class /],
  ['Values', /^(?:export )?(?:declare )?(?:const|let) /],
  ['Types', /^(?:export )?(?:declare )?(?:interface|type) /],
] as const

/** The name of an entry's page: `werkzeug-exceptions` for `@flask-ts/werkzeug/exceptions`. */
export function pageNameOf(specifier: string): string {
  return specifier.replace('@flask-ts/', '').replaceAll('/', '-')
}

/** What a signature looks like to a reader: without the words that declare it, and on one line where it is short. */
function signature(text: string): string {
  const plain = text.replace(/^export /, '').replace(/^declare /, '')
  return plain.replace(/ ?\{$/, '').replace(/;$/, '')
}

/** Angle brackets and braces in prose would be read as HTML and as expressions by the site's generator. */
function prose(text: string): string {
  return text
    .split(/(```[\s\S]*?```|`[^`\n]*`)/)
    .map((part, at) => (at % 2 === 1 ? part : part.replaceAll('<', '&lt;').replaceAll('{{', '&#123;&#123;')))
    .join('')
}

function codeBlock(lines: readonly string[]): string {
  return `\`\`\`ts\n${lines.join('\n')}\n\`\`\``
}

function comment(doc: string): string[] {
  const { text, params, returns, throws, see, examples } = readDocComment(doc)
  return [
    prose(text),
    params.map(([name, what]) => `- \`${name}\`: ${prose(what)}`).join('\n'),
    returns === undefined ? '' : `Returns: ${prose(returns)}`,
    ...examples.map((code) => codeBlock(code.split('\n'))),
    ...throws.map((what) => `Throws: ${prose(what)}`),
    ...see.map((what) => (/^https?:/.test(what) ? `See <${what}>` : `See ${prose(what)}`)),
  ].filter((part) => part !== '')
}

function hasBody({ text }: Declaration): boolean {
  return /^(?:export )?(?:declare )?(?:abstract )?(?:class|interface) /.test(text) && text.includes('{\n')
}

/** The members of a class or interface that are public, each with its comment. */
function members(declaration: Declaration): string {
  const parts = membersOf(declaration)
    .filter(({ text }) => !text.startsWith('protected ') && text !== '}')
    .map(({ doc, text }) => {
      const [first = '', ...rest] = comment(doc)
      const more = rest.map((part) => `  ${part.replaceAll('\n', '\n  ')}`)
      const line = signature(text).replace(/\s+/g, ' ')
      return [
        `- \`${line.replaceAll('`', "'")}\`${first === '' ? '' : `  \n  ${first.replaceAll('\n', '\n  ')}`}`,
        ...more,
      ].join('\n\n')
    })
  return parts.join('\n')
}

function symbolSection({ name, declarations }: PublicSymbol): string {
  const heads = declarations.map((declaration) =>
    signature(hasBody(declaration) ? declaration.text.split('\n')[0]! : declaration.text),
  )
  const docs = [...new Set(declarations.map(({ doc }) => doc))].filter((doc) => doc !== '')
  return [
    `### ${name}`,
    codeBlock(heads),
    ...docs.flatMap(comment),
    ...declarations.filter(hasBody).map(members),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** The reference page of one entry, in Markdown. */
export function referencePage({ specifier, doc, symbols }: Entry): string {
  const sections = KINDS.flatMap(([title, pattern]) => {
    const ofKind = symbols
      .filter(({ declarations }) => pattern.test(declarations[0]!.text))
      .toSorted((a, b) => a.name.localeCompare(b.name))
    return ofKind.length === 0 ? [] : [`## ${title}`, ...ofKind.map(symbolSection)]
  })
  const lead = [`# ${specifier}`, prose(doc), `\`\`\`ts\nimport { … } from '${specifier}'\n\`\`\``]
  return `${[...lead.filter((part) => part !== ''), ...sections].join('\n\n')}\n`
}
