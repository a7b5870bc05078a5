import type { ErrorReport } from './report.ts'

/** How many reports are kept: everything in the scopes of their frames stays in memory with them. */
const MAX_REPORTS = 10

/** The last reports by their numbers. */
export class ReportStore {
  readonly #reports = new Map<string, ErrorReport>()

  add(report: ErrorReport): void {
    this.#reports.set(report.id, report)
    if (this.#reports.size > MAX_REPORTS) this.#reports.delete(this.#reports.keys().next().value!)
  }

  get(id: string): ErrorReport | undefined {
    return this.#reports.get(id)
  }
}
