/** A piece of source, and what it is: `keyword`, `string`... */
export type SourcePiece = readonly [kind: string, text: string]

interface Rule {
  readonly kind: string
  readonly pattern: RegExp
}

const KEYWORDS =
  'abstract|as|async|await|break|case|catch|class|const|continue|declare|default|delete|do|else|enum|export|extends|' +
  'finally|for|from|function|get|if|implements|import|in|instanceof|interface|keyof|let|new|of|override|private|' +
  'protected|public|readonly|return|satisfies|set|static|super|switch|this|throw|try|type|typeof|using|var|void|' +
  'while|with|yield'

const SCRIPT_RULES: readonly Rule[] = [
  { kind: 'comment', pattern: /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y },
  { kind: 'string', pattern: /'(?:[^'\\\n]|\\[\s\S])*'?|"(?:[^"\\\n]|\\[\s\S])*"?|`(?:[^`\\]|\\[\s\S])*`?/y },
  { kind: 'number', pattern: /\b(?:0[xob][\da-f_]+|\d[\d_]*(?:\.\d+)?(?:e[-+]?\d+)?)n?\b/iy },
  { kind: 'constant', pattern: /\b(?:true|false|null|undefined|NaN|Infinity)\b/y },
  { kind: 'keyword', pattern: new RegExp(`\\b(?:${KEYWORDS})\\b(?!\\s*:)`, 'y') },
  { kind: 'call', pattern: /[A-Za-z_$#][\w$]*(?=\s*\()/y },
  { kind: 'type', pattern: /\b[A-Z][\w$]*\b/y },
  { kind: '', pattern: /[A-Za-z_$#][\w$]*|\s+|[^\w\s]/y },
]

const TEMPLATE_RULES: readonly Rule[] = [
  { kind: 'comment', pattern: /\{#[\s\S]*?(?:#\}|$)|<!--[\s\S]*?(?:-->|$)/y },
  { kind: 'keyword', pattern: /\{%[\s\S]*?(?:%\}|$)/y },
  { kind: 'call', pattern: /\{\{[\s\S]*?(?:\}\}|$)/y },
  { kind: 'type', pattern: /<\/?[a-zA-Z][\w:-]*|\/?>/y },
  { kind: 'string', pattern: /"[^"\n{]*"/y },
  { kind: '', pattern: /[\w-]+|\s+|[\s\S]/y },
]

function scan(source: string, rules: readonly Rule[]): SourcePiece[] {
  const pieces: SourcePiece[] = []
  for (let at = 0; at < source.length; ) {
    let text = source[at]!
    let kind = ''
    for (const rule of rules) {
      rule.pattern.lastIndex = at
      const match = rule.pattern.exec(source)
      if (match !== null && match[0] !== '') {
        text = match[0]
        kind = rule.kind
        break
      }
    }
    pieces.push([kind, text])
    at += text.length
  }
  return pieces
}

/**
 * Tells the parts of a source for colouring, line by line.
 *
 * @param isTemplate - Whether it is a Jinja template, as opposed to TypeScript.
 */
export function highlightLines(source: string, isTemplate: boolean): SourcePiece[][] {
  const lines: SourcePiece[][] = [[]]
  for (const [kind, text] of scan(source, isTemplate ? TEMPLATE_RULES : SCRIPT_RULES)) {
    text.split('\n').forEach((part, index) => {
      if (index > 0) lines.push([])
      if (part !== '') lines.at(-1)!.push([kind, part])
    })
  }
  return lines
}
