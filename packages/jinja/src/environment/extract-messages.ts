import { InternationalizationExtension } from '../extensions/i18n.ts'
import {
  type CommentedMessage,
  CommentFinder,
  extractFromTree,
  GETTEXT_FUNCTIONS,
} from '../extensions/i18n-extract.ts'
import { Environment } from './environment.ts'
import type { EnvironmentOptions } from './options.ts'

/** How {@link extractMessages} reads a template. */
export interface ExtractOptions extends EnvironmentOptions {
  /** The functions whose calls are messages. */
  functions?: readonly string[]
  /** The first words of comments that are meant for translators. */
  commentTags?: readonly string[]
  /** Whether white space in `trans` blocks is trimmed. */
  trimmed?: boolean
  /** Whether gettext substitutes its named arguments itself. */
  newstyleGettext?: boolean
}

/**
 * The messages in a template's source with the translator's comments, as tools for catalogues want them.
 *
 * @throws TemplateSyntaxError
 */
export function extractMessages(source: string, options: ExtractOptions = {}): CommentedMessage[] {
  const { functions = GETTEXT_FUNCTIONS, commentTags = [], trimmed, newstyleGettext, ...others } = options
  const extensions = [...(others.extensions ?? []), InternationalizationExtension]
  const environment = new Environment({ ...others, extensions })
  if (trimmed !== undefined) environment.policies['ext.i18n.trimmed'] = trimmed
  if (newstyleGettext === true) Object.assign(environment, { newstyleGettext })
  const messages = extractFromTree(environment.parse(source), functions)
  const finder = new CommentFinder([...environment.lex(environment.preprocess(source))], commentTags)
  return messages.map((message) => ({ ...message, comments: finder.find(message.lineno) }))
}
