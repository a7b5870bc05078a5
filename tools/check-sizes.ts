/** One idea a file: 300 lines as a rule, 500 as the end. */
import { readFileSync } from 'node:fs'
import { sourceFiles } from './source-files.ts'

const RULE = 300
const END = 500

/** Every file that is too long. Those over 300 lines need a reason in `tools/long-files.json`. */
export function checkSizes(): string[] {
  const reasons: Readonly<Record<string, string>> = JSON.parse(readFileSync('tools/long-files.json', 'utf8'))
  const sizes = sourceFiles('packages', 'conformance', 'tools', 'bench', 'examples')
    .filter(({ path }) => !path.includes('/generated/'))
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
  const tooLong = sizes.flatMap(({ path, lines }) => {
    if (lines > END) return [`${path} has ${lines} lines: ${END} is the end, split it`]
    if (lines > RULE && !(path in reasons)) {
      return [`${path} has ${lines} lines: over ${RULE} needs a reason in tools/long-files.json`]
    }
    return []
  })
  const stale = Object.keys(reasons).filter(
    (path) => !sizes.some((file) => file.path === path && file.lines > RULE),
  )
  return [
    ...tooLong,
    ...stale.map((path) => `tools/long-files.json: ${path} is not over ${RULE} lines any more`),
  ]
}
