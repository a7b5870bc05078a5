import { Markup } from '@flask-ts/markupsafe'
import { percentFormat } from '@flask-ts/markupsafe/formatting'
import { mod } from '../python/arithmetic.ts'
import { FORMAT_HOST, MARKUP_FORMAT_HOST } from '../python/format-host.ts'
import type { FilterEnvironment } from './host.ts'

/** The `%` operator on a text, within the size that the environment allows. */
export function percentText(
  text: string | Markup,
  values: unknown,
  environment: Pick<FilterEnvironment, 'checkSize'>,
): string | Markup {
  if (environment.checkSize === undefined) return mod(text, values) as string | Markup
  const checkWidth = environment.checkSize.bind(environment)
  if (typeof text === 'string') return percentFormat(text, values, { ...FORMAT_HOST, checkWidth })
  return new Markup(percentFormat(text.toString(), values, { ...MARKUP_FORMAT_HOST, checkWidth }))
}
