import { abort, hasRequestContext, request } from 'flask-ts'

/** How to page. */
export interface PaginateOptions {
  /** The page, from 1; without, the `page` argument of the request, or 1. */
  page?: number | null
  /** Most items of a page; without, the `per_page` argument of the request, or 20. */
  perPage?: number | null
  /** Bound for `perPage`, which a client may choose; `null` for none, 100 without. */
  maxPerPage?: number | null
  /** Answers 404 for pages that are not there and numbers that are none; true without. */
  errorOut?: boolean
  /** Counts all items by a second query; true without. */
  count?: boolean
}

const wholeNumber = /^\s*[+-]?\d+(?:_\d+)*\s*$/
const usualPerPage = 20

/** A number of the request's query, as Python's `int()` reads it. */
function argument(name: string, fallback: number, errorOut: boolean): number {
  const given = hasRequestContext() ? request.args.get(name) : undefined
  if (given === undefined || given === null) return fallback
  const value = wholeNumber.test(given) ? Number(given.replaceAll('_', '')) : Number.NaN
  if (Number.isSafeInteger(value)) return value
  return errorOut ? abort(404) : fallback
}

function atLeastOne(value: number, fallback: number, errorOut: boolean): number {
  if (value >= 1) return value
  return errorOut ? abort(404) : fallback
}

/**
 * Works out which page is meant.
 *
 * @throws NotFound - for numbers that are none, and for those below 1, unless `errorOut` is false.
 */
export function pageArguments(options: PaginateOptions): { page: number; perPage: number } {
  const { maxPerPage = 100, errorOut = true } = options
  const page = options.page ?? argument('page', 1, errorOut)
  let perPage = options.perPage ?? argument('per_page', usualPerPage, errorOut)
  if (maxPerPage !== null) perPage = Math.min(perPage, maxPerPage)
  return { page: atLeastOne(page, 1, errorOut), perPage: atLeastOne(perPage, usualPerPage, errorOut) }
}
