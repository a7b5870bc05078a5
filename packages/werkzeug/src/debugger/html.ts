/** Text that is HTML already. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** What can stand in a piece of HTML: text is escaped, nothing is left out. */
export type HtmlContent = Html | string | number | undefined | false | readonly HtmlContent[]

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function write(content: HtmlContent): string {
  if (content instanceof Html) return content.text
  if (content === undefined || content === false) return ''
  if (typeof content === 'object') return content.map(write).join('')
  return String(content).replace(/[&<>"']/g, (char) => ESCAPES[char]!)
}

/** Makes HTML of a template literal; whatever is put into it is escaped unless it is HTML. */
export function html(parts: TemplateStringsArray, ...contents: readonly HtmlContent[]): Html {
  return new Html(parts.map((part, at) => part + write(contents[at])).join(''))
}
