import type { Application, Environ, WsgiResponse } from '@flask-ts/wsgi'
import { INTERNAL_PATH } from '../urls/internal-path.ts'
import { acceptedForm, type ReportForm } from './accepted-form.ts'
import { answer, jsonAnswer, pageAnswer } from './answers.ts'
import { runCommand } from './commands.ts'
import type { DebuggerOptions } from './debugger-options.ts'
import { FrameConsole } from './frame-console.ts'
import { Guard } from './guard.ts'
import { reportAsJson } from './json-form.ts'
import { reportAsMarkdown } from './markdown-form.ts'
import { consolePage, errorPage } from './page.ts'
import { makePin } from './pin.ts'
import { currentCapture, prepareDebugger } from './prepare.ts'
import { ErrorReport } from './report.ts'
import { ReportStore } from './report-store.ts'
import { scopeEvaluator } from './scope-evaluator.ts'
import { reportAsText, reportForTerminal } from './text-form.ts'

const CONSOLE_REPORT = 'console'

/** Commands whose answers belong to the server around, not to the debugger. */
const COMMAND = new RegExp(`^${INTERNAL_PATH}(?:pin|print-pin|eval|complete)$`)
const REPORT = new RegExp(`^${INTERNAL_PATH}report/([\\w-]+)$`)

/** The debugger around one application. */
class Debugger {
  readonly #app: Application
  readonly #guard: Guard
  readonly #options: DebuggerOptions
  readonly #reports = new ReportStore()
  #console: FrameConsole | undefined

  constructor(app: Application, options: DebuggerOptions) {
    this.#app = app
    this.#options = options
    const pin = options.pin === undefined ? makePin() : options.pin
    this.#guard = new Guard(pin, options.pinKey, options.trustedHosts ?? [])
  }

  readonly handle = (environ: Environ): WsgiResponse | Promise<WsgiResponse> => {
    const { target } = environ
    if (target.startsWith(INTERNAL_PATH)) {
      if (COMMAND.test(target)) return this.#command(environ)
      const [, id] = REPORT.exec(target) ?? []
      if (id !== undefined) return this.#showReport(environ, id)
    }
    const { consolePath = '/console' } = this.#options
    if (this.#mayEvaluate && consolePath !== null && target === `${environ.scriptName}${consolePath}`) {
      return this.#showConsole(environ)
    }
    currentCapture()?.arm()
    try {
      // Called without a receiver, so that its frame does not bear the name of this class.
      const app = this.#app
      const response = app(environ)
      return response instanceof Promise ? response.catch((error) => this.#failed(error, environ)) : response
    } catch (error) {
      return this.#failed(error, environ)
    }
  }

  get #mayEvaluate(): boolean {
    return this.#options.evalex !== false
  }

  #command(environ: Environ): Promise<WsgiResponse> {
    const find = (
      report: string,
      frame: number,
    ): { console: FrameConsole; names: readonly string[] } | undefined => {
      if (!this.#mayEvaluate) return undefined
      if (report === CONSOLE_REPORT)
        return { console: this.#ownConsole(), names: Object.keys(this.#consoleNames()) }
      const found = this.#reports.get(report)
      const console = found?.console(frame)
      return console === undefined ? undefined : { console, names: found!.names(frame) }
    }
    return runCommand({ guard: this.#guard, find }, environ)
  }

  #consoleNames(): Readonly<Record<string, unknown>> {
    return { app: this.#app, ...this.#options.consoleNames?.() }
  }

  #ownConsole(): FrameConsole {
    const capture = currentCapture()
    this.#console ??= new FrameConsole({
      evaluate: scopeEvaluator({ ...this.#consoleNames() }),
      within: (work) => work(),
      error: undefined,
      bounded: (work, ms) => (capture === undefined ? work() : capture.bounded(work, ms)),
    })
    return this.#console
  }

  #showConsole(environ: Environ): WsgiResponse {
    if (!this.#guard.isTrustedHost(environ)) return untrusted()
    const { secret } = this.#guard
    return pageAnswer(200, (nonce) => consolePage({ secret, nonce, note: undefined }))
  }

  #showReport(environ: Environ, id: string): WsgiResponse {
    if (!this.#guard.isTrustedHost(environ)) return untrusted()
    const report = this.#reports.get(id)
    if (report === undefined)
      return answer(404, 'text/plain', 'This traceback is gone: only the last ten are kept.\n')
    return this.#inForm(report, acceptedForm(environ), environ)
  }

  #failed(error: unknown, environ: Environ): WsgiResponse {
    const report = new ErrorReport(error, environ, {
      capture: currentCapture(),
      templates: this.#options.templateScripts ?? 'jinja:',
      around: this.#options.aroundEvaluation,
    })
    this.#reports.add(report)
    const isTrusted = this.#guard.isTrustedHost(environ)
    const form = acceptedForm(environ)
    if (this.#options.log !== false) {
      // Whoever calls an API sees no page: here is the way to it.
      const link = isTrusted && form !== 'html' ? ` * Look into it at ${pageOf(report, environ)}\n` : ''
      process.stderr.write(reportForTerminal(report) + link)
    }
    // Source and variables are for this machine; another name may be an attacker's.
    return isTrusted ? this.#inForm(report, form, environ) : untrusted()
  }

  #inForm(report: ErrorReport, form: ReportForm, environ: Environ): WsgiResponse {
    switch (form) {
      case 'json':
        return answer(500, 'application/json', reportAsJson(report, pageOf(report, environ)))
      case 'markdown':
        return answer(500, 'text/markdown', reportAsMarkdown(report))
      case 'text':
        return answer(500, 'text/plain', reportAsText(report))
      case 'html': {
        // A page of another site that may read this one must not find the secret in it.
        const isOwn = this.#guard.isOwnOrigin(environ)
        const secret = this.#mayEvaluate && isOwn ? this.#guard.secret : undefined
        const note = isOwn
          ? this.#note(report)
          : 'There are no consoles here: another site asked for this page.'
        return pageAnswer(500, (nonce) => errorPage(report, { secret, nonce, note }))
      }
    }
  }

  #note(report: ErrorReport): string | undefined {
    if (!this.#mayEvaluate) return 'Consoles are turned off.'
    const capture = currentCapture()
    if (capture === undefined) {
      return 'There are no consoles here: this runtime has no inspector that could keep the scopes of frames, or another debugger uses it.'
    }
    if (
      capture.isArmed ||
      report.errors.some(({ frames }) => frames.some(({ scope }) => scope !== undefined))
    ) {
      return undefined
    }
    return 'There are no consoles on this page: another debugger is attached, or the program threw too many errors in a short time.'
  }
}

/** Where a browser can look at a report. */
function pageOf(report: ErrorReport, environ: Environ): string {
  return `${environ.scheme}://${environ.headers.get('host')}${INTERNAL_PATH}report/${report.id}`
}

function untrusted(): WsgiResponse {
  return jsonAnswer(400, {
    error:
      'The debugger answers only requests to this machine by name (localhost or 127.0.0.1). The error is shown in the terminal.',
  })
}

/**
 * Puts the debugger around an application: unhandled errors become pages on which every frame has a console.
 *
 * Never use it where others can reach the server: a console is a way to run any code.
 *
 * @param app - The application.
 * @param options - See {@link DebuggerOptions}.
 * @throws DebuggerInProduction if `NODE_ENV` says so.
 * @see https://werkzeug.palletsprojects.com/en/stable/debug/
 */
export function debuggedApplication(app: Application, options: DebuggerOptions = {}): Application {
  prepareDebugger({ instrument: false })
  return new Debugger(app, options).handle
}
