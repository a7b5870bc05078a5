/** Every public name of every package has a doc comment: `node tools/check-docs.ts` prints those that have none. */
import { publicApi } from './docs/public-api.ts'

/** The public names without a doc comment, one line each. */
export function checkDocs(): string[] {
  const missing = publicApi().flatMap(({ specifier, symbols }) =>
    symbols
      .filter(({ declarations }) => declarations.every(({ doc }) => doc === ''))
      .map(({ name, file }) => `${name} of ${specifier} has no doc comment (${file})`),
  )
  return [...new Set(missing)]
}

if (import.meta.main) {
  const missing = checkDocs()
  for (const line of missing) console.log(line)
  const names = publicApi().reduce((sum, { symbols }) => sum + symbols.length, 0)
  console.log(`${names} public names, ${missing.length} without a doc comment`)
  process.exitCode = missing.length > 0 ? 1 : 0
}
