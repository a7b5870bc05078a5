import { basename, dirname } from 'node:path'
import { INTERNAL_PATH } from '../urls/internal-path.ts'
import { highlightLines, type SourcePiece } from './highlight.ts'
import { Html, type HtmlContent, html } from './html.ts'
import { reportAsMarkdown } from './markdown-form.ts'
import { PAGE_SCRIPT } from './page-script.ts'
import { PAGE_STYLE } from './page-style.ts'
import type { ErrorReport, ReportError, ReportFrame } from './report.ts'
import { shortPath } from './short-path.ts'
import { reportAsText } from './text-form.ts'

/** What a page needs beside its report. */
export interface PageParts {
  /** The secret of the process; `undefined` for a page without consoles. */
  readonly secret: string | undefined
  /** Allows this page's own script and style under its Content-Security-Policy. */
  readonly nonce: string
  /** Why there are no consoles, or what else the reader must know. */
  readonly note: string | undefined
}

function pinDialog(): Html {
  return html`<dialog aria-labelledby="pin-title"><form method="dialog"><h3 id="pin-title">Console locked</h3>
<p>The consoles run code on this machine. Enter the PIN that the terminal of the server shows.</p>
<input name="pin" aria-label="PIN" autocomplete="off" inputmode="numeric" placeholder="000-000-000" autofocus>
<p class="wrong" role="alert"></p><div class="row"><button type="button" class="cancel">Cancel</button>
<button class="go">Unlock</button></div></form></dialog>`
}

function consoleHtml(frame: number, label: string): Html {
  const prompt = 'Evaluate here'
  return html`<div class="console" data-frame="${frame}"><div class="log" role="log" aria-live="polite"></div>
<div class="prompt"><span aria-hidden="true">›</span><textarea rows="1" spellcheck="false" autocapitalize="off"
 autocomplete="off" role="combobox" aria-expanded="false" aria-label="${label}" placeholder="${prompt}"></textarea></div>
<ul class="choices" role="listbox" aria-label="Completions" hidden></ul></div>`
}

function document(title: string, body: HtmlContent, parts: PageParts, attributes: HtmlContent): string {
  const { nonce } = parts
  const script = parts.secret === undefined ? undefined : new Html(PAGE_SCRIPT)
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex, nofollow">
<style nonce="${nonce}">${new Html(PAGE_STYLE)}</style></head>
<body data-secret="${parts.secret ?? ''}" data-path="${INTERNAL_PATH}"${attributes}>
${body}${script !== undefined && pinDialog()}
${script !== undefined && html`<script type="module" nonce="${nonce}">${script}</script>`}
</body></html>
`.text
}

/** The pieces of a line, with the word at a column marked, and the class behind a `new`. */
function lineHtml(pieces: readonly SourcePiece[], column: number): HtmlContent[] {
  let at = 1
  let marksNext = false
  return pieces.map(([kind, text]) => {
    const isBlank = text.trim() === ''
    const isHere = !isBlank && (marksNext || (column >= at && column < at + text.length))
    if (!isBlank) marksNext = isHere && (text === 'new' || text === 'await')
    at += text.length
    const classes = [kind === '' ? '' : `k-${kind}`, isHere ? 'at' : '']
      .filter((name) => name !== '')
      .join(' ')
    return classes === '' ? text : html`<span class="${classes}">${text}</span>`
  })
}

/** Renders the parts of one report; sources are coloured once for all frames of a file. */
class ReportPage {
  readonly #report: ErrorReport
  readonly #hasConsoles: boolean
  readonly #coloured = new Map<string, SourcePiece[][]>()
  #opened = false

  constructor(report: ErrorReport, hasConsoles: boolean) {
    this.#report = report
    this.#hasConsoles = hasConsoles
  }

  #lines(frame: ReportFrame): SourcePiece[][] {
    const known = this.#coloured.get(frame.file)
    if (known !== undefined) return known
    const made = highlightLines(frame.source ?? '', frame.kind === 'template')
    this.#coloured.set(frame.file, made)
    return made
  }

  #source(frame: ReportFrame): HtmlContent {
    const { excerpt, line, column } = frame
    if (excerpt === undefined) return undefined
    const lines = this.#lines(frame)
    const rows = excerpt.lines.map((_text, index) => {
      const number = excerpt.first + index
      const isNow = number === line
      const pieces = lineHtml(lines[number - 1] ?? [], isNow ? column : 0)
      const state = isNow ? new Html(' class="now" aria-current="true"') : undefined
      return html`<tr${state}><td>${number}</td><td>${pieces.length === 0 ? ' ' : pieces}</td></tr>`
    })
    return html`<div class="source" tabindex="0" role="region" aria-label="Source of ${frame.functionName}"><table role="presentation">${rows}</table></div>`
  }

  #locals({ variables }: ReportFrame): HtmlContent {
    if (variables.length === 0) return undefined
    const rows = variables.map(({ name, value }) => html`<dt>${name}</dt><dd>${value}</dd>`)
    return html`<details class="locals" open><summary>${variables.length} ${variables.length === 1 ? 'local' : 'locals'}</summary><dl class="names">${rows}</dl></details>`
  }

  #frame(frame: ReportFrame): Html {
    const { functionName, file, line, column, excerpt, kind } = frame
    const isFirst = !this.#opened && kind !== 'library'
    if (isFirst) this.#opened = true
    const path = shortPath(file)
    const folder = path.includes('/') ? `${dirname(path)}/` : ''
    const place = `${basename(path)}:${line}${column > 0 ? `:${column}` : ''}`
    const code = excerpt?.lines[line - excerpt.first]?.trim()
    const isConsole = this.#hasConsoles && frame.scope !== undefined
    const tags = [frame.isAsync && 'async caller', kind === 'template' && 'template'].filter(
      (tag) => tag !== false,
    )
    return html`<details class="frame" data-frame="${frame.id}"${isFirst && new Html(' open')}><summary><span class="fn">${functionName}</span>
<span class="where" title="${file}">${folder}<b>${place}</b></span>${tags.map((tag) => html` <span class="tag">${tag}</span>`)}
${code !== undefined && html`<span class="peek">${code}</span>`}</summary>
${this.#source(frame)}${this.#locals(frame)}${isConsole && consoleHtml(frame.id, `Console in ${functionName}`)}</details>`
  }

  #frames(frames: readonly ReportFrame[]): Html[] {
    const parts: Html[] = []
    let folded: ReportFrame[] = []
    const fold = (): void => {
      if (folded.length === 0) return
      const count = `${folded.length} ${folded.length === 1 ? 'frame' : 'frames'} of libraries`
      const inner = folded.map((frame) => this.#frame(frame))
      parts.push(html`<details class="library"><summary>${count}</summary>${inner}</details>`)
      folded = []
    }
    for (const frame of frames) {
      if (frame.kind === 'library') folded.push(frame)
      else {
        fold()
        parts.push(this.#frame(frame))
      }
    }
    fold()
    return parts
  }

  error(error: ReportError): Html {
    const { relation, name, message, details, frames } = error
    const long = message.length > 160 || message.includes('\n')
    const title = html`<h1>${name}</h1>${message !== '' && html`<p class="message${long && ' long'}">${message}</p>`}`
    const list = details.map((one) => html`<dt>${one.name}</dt><dd>${one.value}</dd>`)
    const members =
      list.length > 0 &&
      html`<details class="plain"><summary>Members of the error</summary><dl class="names">${list}</dl></details>`
    const trace = html`<h2>Traceback <small>most recent call first</small></h2>${this.#frames(frames)}${members}`
    if (relation === '') return trace
    return html`<section class="cause"><div class="relation">${relation}</div>${title}${frames.length > 0 ? trace : members}</section>`
  }

  head(note: string | undefined): Html {
    const { request, errors } = this.#report
    const { name, message } = errors[0]!
    const long = message.length > 160 || message.includes('\n')
    return html`<header><div class="wide"><div class="bar"><span class="status">500</span>
<span class="url"><b>${request.method}</b> ${request.url}</span>
<button data-copy="as-text">Copy as text</button><button data-copy="as-markdown">Copy as Markdown</button></div>
<h1>${name}</h1>${message !== '' && html`<p class="message${long && ' long'}">${message}</p>`}
${note !== undefined && html`<p class="note">${note}</p>`}</div></header>`
  }
}

/** The page of an unhandled error. */
export function errorPage(report: ErrorReport, parts: PageParts): string {
  const page = new ReportPage(report, parts.secret !== undefined)
  const headers = report.request.headers.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)
  const keys =
    parts.secret !== undefined &&
    html`<footer class="wide"><kbd>↑</kbd> <kbd>↓</kbd> between frames, <kbd>c</kbd> to a frame's console; in a console
<kbd>Enter</kbd> runs, <kbd>Shift</kbd>+<kbd>Enter</kbd> breaks the line, <kbd>Tab</kbd> completes, <kbd>↑</kbd> recalls, <kbd>Esc</kbd> leaves.</footer>`
  const body = html`${page.head(parts.note)}<main class="wide">${report.errors.map((error) => page.error(error))}
<h2>More</h2>
<details class="plain"><summary>Request headers</summary><dl class="names">${headers}</dl></details>
<details class="plain"><summary>Traceback as text</summary><pre id="as-text">${reportAsText(report)}</pre></details>
<details class="plain"><summary>Report as Markdown</summary><pre id="as-markdown">${reportAsMarkdown(report)}</pre></details>
</main>${keys}`
  return document(report.title, body, parts, html` data-report="${report.id}"`)
}

/** A page with nothing but a console. */
export function consolePage(parts: PageParts & { readonly secret: string }): string {
  const body = html`<header><div class="wide"><h1>Interactive console</h1>
<p class="message long">Evaluates in the process of the development server; <code>app</code> is the application.</p></div></header>
<main class="wide blank">${consoleHtml(0, 'Console')}</main>`
  return document('Console', body, parts, html` data-report="console"`)
}
