/** The delimiters and white space rules of a template's source. */
export interface SyntaxOptions {
  readonly blockStartString: string
  readonly blockEndString: string
  readonly variableStartString: string
  readonly variableEndString: string
  readonly commentStartString: string
  readonly commentEndString: string
  readonly lineStatementPrefix: string | null
  readonly lineCommentPrefix: string | null
  readonly trimBlocks: boolean
  readonly lstripBlocks: boolean
  readonly newlineSequence: '\n' | '\r\n' | '\r'
  readonly keepTrailingNewline: boolean
}

/** Jinja's delimiters, with no white space control. */
export const DEFAULT_SYNTAX: SyntaxOptions = Object.freeze({
  blockStartString: '{%',
  blockEndString: '%}',
  variableStartString: '{{',
  variableEndString: '}}',
  commentStartString: '{#',
  commentEndString: '#}',
  lineStatementPrefix: null,
  lineCommentPrefix: null,
  trimBlocks: false,
  lstripBlocks: false,
  newlineSequence: '\n',
  keepTrailingNewline: false,
})

/** The settings of filters and extensions that an environment carries under dotted names. */
export type Policies = Record<string, unknown>

/** Jinja's policies; every environment starts with a copy. */
export const DEFAULT_POLICIES: Readonly<Policies> = Object.freeze({
  'compiler.ascii_str': true,
  'urlize.rel': 'noopener',
  'urlize.target': null,
  'urlize.extra_schemes': null,
  'truncate.leeway': 5,
  'json.dumps_function': null,
  'json.dumps_kwargs': Object.freeze({ sort_keys: true }),
  'ext.i18n.trimmed': false,
})

const starts = ['blockStartString', 'variableStartString', 'commentStartString'] as const

/**
 * The whole syntax from the given part of it.
 *
 * @throws TypeError if a delimiter is empty, two start alike, or the newline sequence is not one.
 */
export function syntaxOptions(given: Partial<SyntaxOptions>, base = DEFAULT_SYNTAX): SyntaxOptions {
  const entries = Object.keys(DEFAULT_SYNTAX).map((key) => {
    const name = key as keyof SyntaxOptions
    return [name, given[name] === undefined ? base[name] : given[name]]
  })
  const syntax = Object.freeze(Object.fromEntries(entries)) as SyntaxOptions
  if (new Set(starts.map((name) => syntax[name])).size !== starts.length) {
    throw new TypeError('block, variable and comment start strings must be different')
  }
  for (const name of Object.keys(syntax) as (keyof SyntaxOptions)[]) {
    if (syntax[name] === '') throw new TypeError(`the option ${name} must not be an empty string`)
  }
  if (!['\n', '\r\n', '\r'].includes(syntax.newlineSequence)) {
    throw new TypeError(
      `newlineSequence must be '\\n', '\\r\\n' or '\\r', not ${JSON.stringify(syntax.newlineSequence)}`,
    )
  }
  return syntax
}
