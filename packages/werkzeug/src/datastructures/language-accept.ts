import { Accept } from './accept.ts'

const delimiter = /[_-]/

function normalize(tag: string): string {
  return tag.toLowerCase().replaceAll('_', '-')
}

function primary(tag: string): string {
  return tag.split(delimiter, 1)[0]!
}

/**
 * The languages that a client takes.
 *
 * @see https://httpwg.org/specs/rfc9110.html#field.accept-language
 */
export class LanguageAccept extends Accept {
  protected override valueMatches(value: string, item: string): boolean {
    return item === '*' || normalize(value) === normalize(item)
  }

  /**
   * The one of several language tags that the client likes best. If none fits exactly, the client's tags are cut to
   * their primary language, and then the application's.
   *
   * @param matches - What the application can give.
   * @param fallback - What to return if nothing fits.
   */
  override bestMatch(matches: Iterable<string>): string | undefined
  override bestMatch<D>(matches: Iterable<string>, fallback: D): string | D
  override bestMatch(matches: Iterable<string>, fallback?: unknown): unknown {
    const offers = [...matches]
    const exact = super.bestMatch(offers)
    if (exact !== undefined) return exact
    const primaries = new Accept(Array.from(this, ([tag, quality]) => [primary(tag), quality] as const))
    const byClient = primaries.bestMatch(offers)
    if (byClient !== undefined) return byClient
    const byOffer = super.bestMatch(offers.map(primary))
    return byOffer === undefined ? fallback : offers.find((offer) => offer.startsWith(byOffer))
  }
}
