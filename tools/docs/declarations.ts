/** A statement of a declaration file, or a member of a class or interface, with the comment above it. */
export interface Declaration {
  /** What stands between the marks of the doc comment, without stars; empty if there is none. */
  readonly doc: string
  readonly text: string
}

/** A name that a declaration file hands on from elsewhere. */
export interface ReExport {
  /** The name there, and the name under which it is handed on. */
  readonly name: string
  readonly as: string
  /** The other file or package; `undefined` for a name of the same file. */
  readonly from: string | undefined
}

function withoutStars(comment: string): string {
  return comment
    .replace(/^\s*\/\*\*/, '')
    .replace(/\*\/\s*$/, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n')
    .trim()
}

/**
 * The statements at one depth of indentation, as the compiler lays declaration files out: a statement begins at the
 * depth, and ends with the first line at the depth that ends with `;` or `}`.
 *
 * @param indent - The spaces before each statement.
 */
function statements(source: string, indent: string): Declaration[] {
  const found: Declaration[] = []
  let doc = ''
  let lines: string[] = []
  let comment: string[] | undefined
  for (const line of source.split('\n')) {
    const atDepth = line.startsWith(indent) && /^\S/.test(line.slice(indent.length))
    if (comment !== undefined || (lines.length === 0 && atDepth && line.startsWith(`${indent}/**`))) {
      comment = [...(comment ?? []), line]
      if (!line.trimEnd().endsWith('*/')) continue
      doc = withoutStars(comment.join('\n'))
      comment = undefined
      continue
    }
    if (lines.length === 0 && !atDepth) continue
    lines.push(line.slice(indent.length))
    if (!atDepth || !/[;}]$/.test(line.trimEnd())) continue
    found.push({ doc, text: lines.join('\n') })
    doc = ''
    lines = []
  }
  return found
}

/** The statements of a declaration file. */
export function statementsOf(source: string): Declaration[] {
  return statements(source, '')
}

/** The members of a class or interface. */
export function membersOf(declaration: Declaration): Declaration[] {
  const body = declaration.text.slice(declaration.text.indexOf('{\n') + 2)
  return statements(body, '    ').filter(({ text }) => !/^(#|private )/.test(text))
}

const DECLARED =
  /^(?:export )?(?:default )?(?:declare )?(?:abstract )?(?:class|interface|function|const|let|type|enum|namespace) ([\w$]+)/

/** The name that a statement declares, if it declares one. */
export function nameOf({ text }: Declaration): string | undefined {
  return DECLARED.exec(text)?.[1]
}

/** The names that a statement hands on, or imports. */
export function namesIn(statement: Declaration, keyword: 'export' | 'import'): ReExport[] {
  const match = new RegExp(`^${keyword} (?:type )?\\{([^}]*)\\}(?: from ['"]([^'"]+)['"])?;`).exec(
    statement.text,
  )
  if (match === null) return []
  const [, names, from] = match
  return names!
    .split(',')
    .map((name) => name.trim().replace(/^type /, ''))
    .filter((name) => name !== '')
    .map((name) => {
      const [inside, outside = inside] = name.split(' as ') as [string, string?]
      return { name: inside, as: outside, from }
    })
}
