import type { DialectTraits } from '@flask-ts/sqlalchemy'

const clock = /^(?:now\(\)|current_timestamp(?:\(\d*\))?|localtimestamp)$/

/** Takes brackets away that stand around the whole text. */
function withoutBrackets(sql: string): string {
  let text = sql.trim()
  while (text.startsWith('(') && text.endsWith(')')) {
    let depth = 0
    for (let index = 0; index < text.length - 1; index++) {
      if (text[index] === '(') depth++
      else if (text[index] === ')' && --depth === 0) return text
    }
    text = text.slice(1, -1).trim()
  }
  return text
}

/** The form in which two defaults of equal meaning are equal text. */
function canonical(sql: string | null, traits: DialectTraits): string | null {
  if (sql === null) return null
  let text = withoutBrackets(sql)
  if (traits.name === 'postgresql') text = text.replace(/::[a-z_ ]+(?:\(\d+(?:,\s*\d+)?\))?(?:\[\])?/gi, '')
  text = withoutBrackets(text)
  if (!text.includes("'")) text = text.toLowerCase()
  if (clock.test(text)) return 'now'
  if (text === 'true' || text === "'true'" || text === "'t'") return '1'
  if (text === 'false' || text === "'false'" || text === "'f'") return '0'
  const number = /^'?(-?\d+(?:\.\d+)?)'?$/.exec(text)?.[1]
  if (number !== undefined) return String(Number(number))
  return text === 'null' ? null : text
}

/** Whether a column's default in the model is another than in the database. */
export function defaultsDiffer(model: string | null, found: string | null, traits: DialectTraits): boolean {
  return canonical(model, traits) !== canonical(found, traits)
}
